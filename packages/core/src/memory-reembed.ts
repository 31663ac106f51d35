import { reembedded, takeOver } from "./engine/index.ts";
import type { SessionRegistry } from "./session/index.ts";
import { parseKey, projectKeyPrefix } from "./storage/index.ts";
import type { MemoryContext, UserPool } from "./user/index.ts";

export interface ReembedProgress {
  /** Indexes, sessions and memories that are done, of how many. */
  done: number;
  total: number;
}

/**
 * Makes the vectors of everything that another embedder wrote anew, now: permanent memories, sessions, and indexes that name
 * no embedder. Each is also turned over when it is next opened; this does not wait for that.
 */
export async function reembedAll(
  context: MemoryContext,
  { users, sessions }: { users: UserPool; sessions: SessionRegistry },
  onProgress?: (progress: ReembedProgress) => void,
): Promise<void> {
  const { storage, project, catalog } = context;
  const keys = (await storage.list(projectKeyPrefix(project))).map(parseKey);
  const work = keys.flatMap((key): (() => Promise<void>)[] => {
    if (key?.kind === "index") {
      return [
        async () => {
          const stored = await catalog.load(key.index);
          if (stored.settings?.reembedding === true) await reembedded(stored, context);
        },
      ];
    }
    if (key?.kind === "session") return [() => sessions.use(key.session, ({ stored }) => finish(stored))];
    if (key?.kind === "user" && key.log === "permanent")
      return [() => users.use(key.user, ({ permanent }) => finish(permanent))];
    return [];
  });
  async function finish(stored: Parameters<typeof takeOver>[0]): Promise<void> {
    await takeOver(stored, context);
    if (stored.settings?.reembedding === true) await reembedded(stored, context);
  }
  for (const [n, each] of work.entries()) {
    await each();
    onProgress?.({ done: n + 1, total: work.length });
  }
}
