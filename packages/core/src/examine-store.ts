import { Consolidation, LoopGuard, turnConsolidator } from "./consolidation/index.ts";
import { type Embedder, engineParts, newId } from "./engine/index.ts";
import { examine, Forgetting, mend, SessionOwners, type StoreExamination } from "./forgetting/index.ts";
import type { Logger } from "./logger.ts";
import { SessionRegistry } from "./session/index.ts";
import type { Storage } from "./storage/index.ts";
import { ForgetMarks, type MemoryContext, UserPool } from "./user/index.ts";

export interface ExamineStoreOptions {
  storage: Storage;
  /** Default `default`. */
  project?: string;
  embedder?: Embedder;
  logger?: Logger;
  /** Also puts in order what was found. Nobody should be using the store meanwhile. Default false. */
  fix?: boolean;
}

/**
 * Looks for what a faulty version, a crash or a tool left out of order in a store: forgets that were never finished, sessions
 * that nobody's list holds, entries and logs that hold nothing. With `fix` it is put in order; the answer says what was found.
 *
 * @example
 * const storage = sqliteStorage({ directory: ".sotto" });
 * const { orphanedSessions } = await examineStore({ storage, fix: true });
 */
export async function examineStore(options: ExamineStoreOptions): Promise<StoreExamination> {
  const { storage, project = "default", fix = false } = options;
  const parts = engineParts({ ...options, project, storage });
  const context: MemoryContext = {
    storage,
    project,
    agent: undefined,
    ...parts,
    marks: new ForgetMarks({ storage, project, clock: parts.clock }),
    stats: { failedWrites: 0, failedRecalls: 0, lateLanes: 0, consolidations: 0, failedConsolidations: 0 },
    retention: {},
    pool: {},
    defaults: { timeoutMs: 0, minScore: undefined },
  };
  const guard = new LoopGuard();
  const holder = newId();
  const sessions = new SessionRegistry(context, { guard, holder });
  const users = new UserPool(context);
  const consolidator = turnConsolidator();
  const consolidation = new Consolidation(context, { sessions, users, guard, consolidator, holder });
  const owners = new SessionOwners(context, sessions);
  const forgetting = new Forgetting(context, { sessions, users, consolidation, owners, dropRecalled: () => undefined });
  const rooms = { sessions, users, forgetting, owners };
  try {
    const found = await examine(context, rooms);
    if (fix) await mend(context, rooms, found);
    return found;
  } finally {
    await sessions.close();
    await users.close();
    await parts.catalog.close();
  }
}
