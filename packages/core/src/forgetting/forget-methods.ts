import { validateName } from "../engine/index.ts";
import { InvalidArgumentError } from "../errors/index.ts";
import { type SessionRegistry, turnIdsOf } from "../session/index.ts";
import { type MemoryContext, type UserPool, type UserRef, userIdOf } from "../user/index.ts";
import { exportUser } from "./export-user.ts";
import type { ForgetResult } from "./forget-result.ts";
import type { Forgetting } from "./forgetting.ts";
import type { Retention } from "./retention.ts";

/** What `forget` takes. */
export type ForgetWhat =
  | { user: UserRef; memoryId?: string }
  | { session: string; turnId?: string }
  | { index: string; documentIds: readonly string[] };

/** Forgetting and what it leaves: erasure, retention, export. */
export interface Forgets {
  forget(what: ForgetWhat): Promise<ForgetResult>;
  /** Everything that is stored about a user, as JSON lines. */
  export(what: { user: UserRef }): AsyncIterable<string>;
  /** Applies `retention` now (it also runs when a user's memory is opened). */
  applyRetention(): Promise<ForgetResult>;
}

/** The methods of `Forgets`. */
export function forgetMethods(
  { limits }: MemoryContext,
  parts: { users: UserPool; sessions: SessionRegistry; forgetting: Forgetting; retention: Retention },
): Forgets {
  const { users, sessions, forgetting, retention } = parts;
  return {
    async forget(what) {
      if ("user" in what) {
        const userId = userIdOf(what.user, limits);
        return what.memoryId === undefined ? forgetting.user(userId) : forgetting.memory(userId, what.memoryId);
      }
      if ("session" in what) {
        validateName("session id", what.session, limits);
        if ("turnId" in what) {
          if (typeof what.turnId !== "string")
            throw new InvalidArgumentError(
              "turnId",
              "it is named but is no turn id; leave it out to forget the session",
            );
          return forgetting.turns(what.session, turnIdsOf(what.turnId, limits));
        }
        return forgetting.session(what.session);
      }
      if ("index" in what && Array.isArray(what.documentIds)) return forgetting.documents(what.index, what.documentIds);
      throw new InvalidArgumentError(
        "what",
        "it must be { user, memoryId? }, { session, turnId? } or { index, documentIds }",
      );
    },
    export: (what) => exportUser(userIdOf(what.user, limits), { users, sessions }),
    applyRetention: () => retention.apply(),
  };
}
