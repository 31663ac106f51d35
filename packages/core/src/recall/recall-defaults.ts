import type { Lane } from "../user/index.ts";

/** Lanes that are searched. */
export type EntryLane = Exclude<Lane, "profile">;

/** Hits per lane. The permanent lane's is a bound: by default it holds as many as its budget of characters shows. */
export const DEFAULT_TOP_K: Readonly<Record<EntryLane, number>> = { working: 4, permanent: 64, org: 4 };

/** Hits that a lane hands on beyond its top k, to stand in for those that another lane has already. */
export const SPARE_HITS = 4;

/**
 * Part of a neighbour's score that a turn or a memory is credited with: direct neighbours, and the next ones out.
 * Measured: `docs/retrieval.md`.
 */
export const NEIGHBOR_WEIGHTS: readonly number[] = [0.25, 0.125];

/** A turn's share of its session: so much of the mean of so many of its best. Measured: `docs/memory.md`. */
export const SESSION_WEIGHT = 0.3;
export const SESSION_BEST = 3;

/** What the score of a turn that only asks, or that answers nothing, counts beside one that states something. */
export const ASKS_ONLY_WEIGHT = 0.4;
/** The same of a turn that asks what the query asks, so that the question itself, asked again and again, hides no answer. */
export const ASKED_AGAIN_WEIGHT = 0.02;

/**
 * A question whose best turn scores less is not answered from memory: four of five that memory cannot answer score less, and
 * hardly one in a hundred that it can. Once it is answered, the lane is filled. Measured: `docs/memory.md`.
 */
export const LEAST_BEST = 0.21;

/** Turns of one index that are ranked: the best so many by their own words. */
export const RANKED = 1_000;

/** What a word of the intent counts beside one of the query. */
export const INTENT_WEIGHT = 0.3;

/** Share of what token states say beside the hybrid score, in conversations. */
export const LATE_SHARE = 0.5;
