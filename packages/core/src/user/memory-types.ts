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
}

/** One thing that is remembered about a user across calls: an exchange as it was (`episode`) or a statement (`fact`). */
export interface MemoryRecord {
  id: string;
  kind: "episode" | "fact";
  text: string;
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
  kind?: "episode" | "fact";
  text: string;
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
