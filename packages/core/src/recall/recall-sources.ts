import type { NamedIndex, StoredIndex } from "../engine/index.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import type { Turn } from "../session/index.ts";
import type { MemoryRecord, Profile, Scope, UserRef } from "../user/index.ts";

/** What recall needs of an open session; `OpenSession` is one. */
export interface RecallSession {
  readonly id: string;
  /** Documents by id of turn (payload = the turn), and those that were added by hand. */
  readonly stored: StoredIndex;
  /** Oldest first. */
  readonly turns: readonly Turn[];
}

/** Another session of the user that goes on, or was dropped a moment ago: not all of it is in permanent memory yet. */
export interface UnendedSession extends RecallSession {
  readonly userId: string | undefined;
  /** Whether permanent memory has the turn already. */
  isConsolidated(turnId: string): boolean;
}

/** What recall needs of a user's open memory; `UserMemory` is one. */
export interface RecallUser {
  readonly userId: string;
  /** Documents = memories, by id; metadata has `validFrom` and, where it ended, `validTo`. */
  readonly permanent: StoredIndex;
  /** Null while there is none. */
  readonly profile: { readonly current: Profile | null };
  record(id: string): MemoryRecord | undefined;
  /** The newest valid memories, newest first. */
  newest(limit: number, asOf: number): readonly MemoryRecord[];
}

export interface HeldUser {
  memory: RecallUser;
  /** The sessions that permanent memory does not have all of yet, but for the named one; as far as they are open already, newest first. */
  unended(except: string | undefined): readonly UnendedSession[];
  /** Gives the user's memory back to the pool. */
  release(): void;
}

/**
 * Where recall finds what it searches. Each answers at once, without a promise, when it is open already: a recall over
 * open memory then never leaves the current turn of the event loop.
 */
export interface RecallSources {
  /** Undefined for a session to which nothing was ever written. Fails with `session.identity_mismatch`. */
  session(scope: Scope & { session: string }): MaybePromise<RecallSession | undefined>;
  user(user: UserRef): MaybePromise<HeldUser>;
  /** The named indexes, else those of `recall.orgIndexes`, else all of the project but those with a dot in front. Fails with `index.not_found`. */
  orgIndexes(names?: readonly string[]): MaybePromise<readonly NamedIndex[]>;
}
