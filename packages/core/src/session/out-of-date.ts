import { hasCode } from "../errors/index.ts";
import type { ForgetSubject } from "../user/index.ts";

const OUT_OF_DATE = ["storage.version_conflict", "storage.compacted", "storage.condition_failed"] as const;

/** Whose marks a write to a session depends on. */
export function subjectsOf(sessionId: string, userIds: readonly string[]): ForgetSubject[] {
  return [{ kind: "session", id: sessionId }, ...userIds.map((id) => ({ kind: "user", id }) as const)];
}

/** The session, or somebody in it, was forgotten or changed since this process last looked. */
export function isOutOfDate(error: unknown): boolean {
  return OUT_OF_DATE.some((code) => hasCode(error, code));
}
