import type { Lane } from "../user/index.ts";

/** Lanes that are searched. */
export type EntryLane = Exclude<Lane, "profile">;

/** Hits per lane. */
export const DEFAULT_TOP_K: Readonly<Record<EntryLane, number>> = { working: 4, permanent: 6, org: 4 };

/** Hits that a lane hands on beyond its top k, to stand in for those that another lane has already. */
export const SPARE_HITS = 4;

/**
 * Part of a neighbour's score that a turn or a memory is credited with: direct neighbours, and the next ones out.
 * Measured: `docs/retrieval.md`.
 */
export const NEIGHBOR_WEIGHTS: readonly number[] = [0.25, 0.125];

/** What a word of the intent counts beside one of the query. */
export const INTENT_WEIGHT = 0.3;
