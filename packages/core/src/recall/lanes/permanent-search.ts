import type { Embedder, StoredIndex } from "../../engine/index.ts";
import { SPARE_HITS } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallUser, UnendedSession } from "../recall-sources.ts";

/** Texts of so many times the lane's budget are looked at for what fits. */
const CHARS_TO_SPARE = 2;

export interface PermanentLane {
  request: RecallRequest;
  query: RecallQuery;
  memory: RecallUser;
  /** The user's other sessions that permanent memory does not have all of yet. */
  unended: readonly UnendedSession[];
  asOf: number;
  embedder: Embedder;
  /** Called when the search of an index begins. */
  onSearch: (stored: StoredIndex) => void;
}

/** So many entries are handed on, that others may be left out for saying the same or for not fitting. */
export function mostWanted({ topK, permanentFits, perLaneCharCap }: RecallRequest): { entries: number; chars: number } {
  return {
    entries: topK.permanent + SPARE_HITS,
    chars: permanentFits ? perLaneCharCap * CHARS_TO_SPARE : Number.POSITIVE_INFINITY,
  };
}
