import { describeValue, isPlainObject, validateName } from "../engine/index.ts";
import { InvalidArgumentError } from "../errors/index.ts";
import { type SessionRegistry, turnIdsOf } from "../session/index.ts";
import { type MemoryContext, type UserPool, type UserRef, userIdOf } from "../user/index.ts";
import { exportUser } from "./export-user.ts";
import type { ForgetResult } from "./forget-result.ts";
import type { Forgetting } from "./forgetting.ts";
import type { Retention } from "./retention.ts";

/**
 * What `forget` takes: everything of a user (`everything` says so in as many words), one of their sessions, one of their
 * memories; a session, or turns of it; documents. Nothing else may stand in it, and nothing undefined: what is left out by
 * mistake must not make a forget larger.
 */
export type ForgetWhat =
  | { user: UserRef; everything?: true; session?: never; memoryId?: never; turnId?: never }
  | { user: UserRef; session: string; everything?: never; memoryId?: never; turnId?: never }
  | { user: UserRef; memoryId: string; everything?: never; session?: never; turnId?: never }
  | { session: string; turnId?: string; user?: never; everything?: never; memoryId?: never }
  | { index: string; documentIds: readonly string[]; user?: never; session?: never };

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
  { limits, storage }: MemoryContext,
  parts: { users: UserPool; sessions: SessionRegistry; forgetting: Forgetting; retention: Retention },
): Forgets {
  const { users, sessions, forgetting, retention } = parts;
  const forgetOne = async (what: ForgetWhat): Promise<ForgetResult> => {
    const fields = checkForget(what);
    if (fields === "user" || fields === "everything user") return forgetting.user(userIdOf(given(what.user), limits));
    if (fields === "memoryId user")
      return forgetting.memory(
        userIdOf(given(what.user), limits),
        checkId("memoryId", (what as { memoryId: unknown }).memoryId),
      );
    if (fields === "documentIds index") {
      const { index, documentIds } = what as { index: string; documentIds: readonly string[] };
      if (!Array.isArray(documentIds)) throw new InvalidArgumentError("documentIds", "they must be an array of ids");
      for (const id of documentIds) checkId("documentIds", id);
      return forgetting.documents(index, documentIds);
    }
    const { session, turnId } = what as { session: string; turnId?: string };
    validateName("session id", session, limits);
    if (turnId !== undefined) return forgetting.turns(session, turnIdsOf(checkId("turnId", turnId), limits));
    return forgetting.session(session, what.user === undefined ? undefined : userIdOf(what.user, limits));
  };
  const withPending = async (result: ForgetResult): Promise<ForgetResult> => {
    const pending = await storage.pendingErasure?.();
    return pending === undefined ? result : { ...result, pending };
  };
  return {
    forget: async (what) => withPending(await forgetOne(what)),
    export: (what) => exportUser(userIdOf(what.user, limits), { users, sessions }),
    applyRetention: async () => withPending(await retention.apply()),
  };
}

const SHAPES = [
  "user",
  "everything user",
  "memoryId user",
  "session user",
  "session",
  "session turnId",
  "documentIds index",
] as const;

/** The names of the fields, in order; throws `argument.invalid` for any that `ForgetWhat` does not have, and for what is undefined. */
function checkForget(what: ForgetWhat): (typeof SHAPES)[number] {
  if (!isPlainObject(what)) throw new InvalidArgumentError("what", `it is ${describeValue(what)}; ${EXPECTED}`);
  for (const [field, value] of Object.entries(what as Record<string, unknown>)) {
    if (value === undefined || value === null)
      throw new InvalidArgumentError(field, `it is ${String(value)}; leave it out to forget all that the rest names`);
  }
  const fields = Object.keys(what).sort().join(" ");
  const shape = SHAPES.find((known) => known === fields);
  if (shape === undefined)
    throw new InvalidArgumentError("what", `it has the fields ${fields || "(none)"}; ${EXPECTED}`);
  if (shape === "everything user" && (what as { everything: unknown }).everything !== true)
    throw new InvalidArgumentError("everything", "it can only be true");
  return shape;
}

const EXPECTED =
  "it must be { user }, { user, everything: true }, { user, session }, { user, memoryId }, { session }, { session, turnId } or { index, documentIds }";

function checkId(field: string, value: unknown): string {
  if (typeof value !== "string" || value === "")
    throw new InvalidArgumentError(field, `it is ${describeValue(value)}; it must be an id`);
  return value;
}

function given(user: UserRef | undefined): UserRef {
  return user as UserRef;
}
