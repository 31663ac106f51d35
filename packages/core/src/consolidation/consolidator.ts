import type { Turn } from "../session/index.ts";
import type { MemoryInput, MemoryRecord, Profile, ProfilePatch } from "../user/index.ts";

export interface ConsolidationInput {
  sessionId: string;
  /** The user whose memory is written; only turns that concern this user (what they said, and the answers) are given. */
  user: { id: string; name?: string };
  /** In order, without recalled text: an answer that was nothing else has a blank text. */
  turns: readonly Turn[];
  profile: Profile;
  /** What is remembered already and may be superseded: the nearest memories to the turns. */
  known: readonly MemoryRecord[];
  signal?: AbortSignal;
}

export interface ConsolidationResult {
  memories: readonly (MemoryInput & {
    /** Ids of turns in the input that it was made from. */
    turnIds: readonly string[];
    /** Ids of `known` memories that it replaces. */
    supersedes?: readonly string[];
  })[];
  profilePatch?: Omit<ProfilePatch, "provenance">;
}

/**
 * Turns a finished session into memories. Must be idempotent: the same input gives memories with the same ids (an id
 * left out is a hash of kind and text). Implementations are checked by `testConsolidator` of `@sotto/core/testing`.
 */
export interface Consolidator {
  readonly id: string;
  consolidate(input: ConsolidationInput): Promise<ConsolidationResult>;
}
