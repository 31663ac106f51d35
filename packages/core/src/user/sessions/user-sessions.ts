import type { JsonValue } from "../../engine/index.ts";
import { appendRecords, RecordLog } from "../../engine/index.ts";
import { hasCode } from "../../errors/index.ts";
import { type HeadCondition, type Log, userKey } from "../../storage/index.ts";
import type { MemoryContext } from "../memory-context.ts";
import { openUserLog } from "../open-user-log.ts";

/** A session in the list of one of its users. */
export interface SessionEntry {
  sessionId: string;
  /** `owner`: it is this user's session; `speaker`: they spoke in another user's. */
  role: "owner" | "speaker";
  ended: boolean;
}

/** Which sessions a user has a part in: `<project>/user/<id>/sessions`, so that they can be found, exported and forgotten. */
export class UserSessions {
  readonly #log: RecordLog<JsonValue>;
  /** Read once from each state of the log. */
  #read: { records: readonly unknown[]; count: number; entries: readonly SessionEntry[] } | undefined;

  private constructor(log: RecordLog<JsonValue>) {
    this.#log = log;
  }

  static async open(context: MemoryContext, userId: string): Promise<UserSessions> {
    const { clock, logger } = context;
    return new UserSessions(await RecordLog.open({ log: await openLog(context, userId), clock, logger }));
  }

  /** One entry a session, the newest state of each, in the order in which they began. */
  get entries(): readonly SessionEntry[] {
    const { records } = this.#log;
    if (this.#read?.records !== records || this.#read.count !== records.length) {
      const entries = new Map<string, SessionEntry>();
      for (const { id, value } of records) entries.set(id, value as unknown as SessionEntry);
      this.#read = { records, count: records.length, entries: [...entries.values()] };
    }
    return this.#read.entries;
  }

  refresh(): Promise<void> {
    return this.#log.refresh();
  }

  /** Takes sessions off the list for good. */
  forget(sessionIds: readonly string[]): Promise<number> {
    return this.#log.erase(sessionIds);
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}

/**
 * Writes an entry without opening the list. `onlyIf`: what it depends on besides the user's not being forgotten. Answers
 * what holds as long as the entry is there, for whatever is written because of it.
 */
export async function enterSession(
  context: MemoryContext,
  userId: string,
  entry: SessionEntry,
  onlyIf: readonly HeadCondition[] = [],
): Promise<HeadCondition> {
  const log = await openLog(context, userId);
  for (;;) {
    const { epoch } = await log.head();
    try {
      const record = { id: entry.sessionId, value: { ...entry } };
      await appendRecords(log, [record], context.clock.now(), { onlyIf, epoch });
      return { key: log.key, epoch };
    } catch (error) {
      if (!hasCode(error, "storage.compacted")) throw error;
    }
  }
}

function openLog(context: MemoryContext, userId: string): Promise<Log> {
  return openUserLog(context, userId, userKey(context.project, userId, "sessions"));
}
