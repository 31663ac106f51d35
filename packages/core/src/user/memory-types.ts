import type { JsonValue } from "../engine/index.ts";

/** Where a memory came from. */
export interface Provenance {
  sessionId: string;
  /** Ids of the turns that it was made from. */
  turnIds: readonly string[];
  /** User id of who said it. */
  speaker?: string;
  /** When it was said, milliseconds since the epoch. */
  at: number;
  /** The agent that held the call, where `createSotto` named one. */
  agent?: string;
}

/** What somebody said, as it was said. */
export interface MemoryTurn {
  role: "user" | "assistant";
  /** The name of who spoke, where one was known. */
  speakerName?: string;
  text: string;
  /** The question that it answers, where it means little without. */
  answers?: Omit<MemoryTurn, "answers">;
}

/** What a memory is: something said (`turn`), a statement (`fact`), or, from stores of before, a whole exchange (`episode`). */
export type MemoryKind = "turn" | "fact" | "episode";

/** One thing that is remembered about a user across calls. */
export interface MemoryRecord {
  id: string;
  kind: MemoryKind;
  /** Of a turn: `Speaker: what was said`, one line, after a line of the same form with the question that it answers. */
  text: string;
  /** Set for a turn. */
  turn?: MemoryTurn;
  provenance: readonly Provenance[];
  /** True from this moment, milliseconds since the epoch. */
  validFrom: number;
  /** No longer true from this moment; undefined while it holds. */
  validTo?: number;
  /** The memory that replaced it. */
  supersededBy?: string;
  metadata?: { readonly [key: string]: JsonValue };
}

export interface MemoryInput {
  /** Default: a hash of kind and text, so that remembering the same twice is one memory. */
  id?: string;
  /** Default `fact`. */
  kind?: MemoryKind;
  text: string;
  /** Required for the kind `turn`. */
  turn?: MemoryTurn;
  provenance?: Provenance;
  /** Default: now. */
  validFrom?: number;
  metadata?: { readonly [key: string]: JsonValue };
}

export type ProfileData = { readonly [key: string]: JsonValue };

export interface Profile {
  data: ProfileData;
  /** One or a few lines about the user; made from `data` when not set. */
  summary: string;
  /** 0 for a user without a profile; +1 with every patch. */
  version: number;
  updatedAt: number;
}

/** A change of a profile, RFC 7396 (JSON Merge Patch): a null deletes a key. */
export interface ProfilePatch {
  data?: { readonly [key: string]: JsonValue };
  summary?: string | null;
  /** Sessions that taught it: forgetting them takes the patch back. */
  provenance?: readonly Provenance[];
}

export interface ProfileVersion extends Profile {
  patch: ProfilePatch;
}
