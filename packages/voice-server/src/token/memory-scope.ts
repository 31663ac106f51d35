import { checkName } from "./participant.ts";

/** Whose memory a call reads and writes. Decided by the server; ids only, the token's payload is readable. */
export interface MemoryScope {
  user: string;
  /** Default: the agent's own choice, the room's name. */
  session?: string | undefined;
}

/**
 * The agent's job metadata that carries a scope: `{"sotto":{"user":"…","session":"…"}}`. For those who dispatch agents
 * themselves, by LiveKit's API or a SIP dispatch rule.
 *
 * @throws OptionInvalidError for a user or a session that is none: without one the agent would go by whoever calls.
 * @example
 * await dispatchClient.createDispatch(room, "support", { metadata: memoryScopeMetadata({ user: "ada" }) });
 */
export function memoryScopeMetadata(scope: MemoryScope): string {
  checkName("memory.user", scope?.user);
  if (scope.session !== undefined) checkName("memory.session", scope.session);
  return JSON.stringify({ sotto: { user: scope.user, session: scope.session } });
}

/** The scope in an agent's job metadata (`ctx.job.metadata`); undefined when there is none. */
export function readMemoryScope(jobMetadata: string | undefined): MemoryScope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(jobMetadata ?? "");
  } catch {
    return undefined;
  }
  const scope = (value as { sotto?: { user?: unknown; session?: unknown } } | null)?.sotto;
  if (typeof scope?.user !== "string" || scope.user === "") return undefined;
  return typeof scope.session === "string" ? { user: scope.user, session: scope.session } : { user: scope.user };
}
