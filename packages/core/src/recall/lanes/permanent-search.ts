import type { Embedder, StoredIndex } from "../../engine/index.ts";
import { SPARE_HITS } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallUser, UnendedSession } from "../recall-sources.ts";
import type { RecallEntry } from "../recall-types.ts";

/** Texts of so many times the lane's budget are looked at for what fits. */
const CHARS_TO_SPARE = 2;

export interface PermanentLane {
  request: RecallRequest;
  query: RecallQuery;
  memory: RecallUser;
  /** The user's other sessions that permanent memory does not have all of yet. */
  unended: readonly UnendedSession[];
  asOf: number;
  /** The agent of this process. */
  agent?: string | undefined;
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

/** Whether the caller wants what this one said, of a call that this agent held. */
export function isWanted(entry: RecallEntry, { speaker, agents, userId }: RecallRequest): boolean {
  if (agents !== undefined && !(entry.provenance ?? []).some(({ agent }) => agent !== undefined && agents.has(agent)))
    return false;
  return speaker === undefined || saidBy(entry, speaker, userId);
}

/** `user`, `assistant`, a user id, or a name as it is shown. */
export function saidBy({ role, speaker, provenance = [] }: RecallEntry, who: string, userId: string): boolean {
  if (who === "assistant") return role === "assistant";
  if (role === "assistant") return false;
  return who === "user" || who === speaker || who === userId || provenance.some((each) => each.speaker === who);
}
