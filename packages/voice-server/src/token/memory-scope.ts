/** Whose memory a call reads and writes. Decided by the server; ids only, the token's payload is readable. */
export interface MemoryScope {
  user: string;
  /** Default: the agent's own choice, the room's name. */
  session?: string | undefined;
}

/** The agent's job metadata that carries a scope: `{"sotto":{"user":"…","session":"…"}}`. */
export function memoryScopeMetadata(scope: MemoryScope): string {
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
