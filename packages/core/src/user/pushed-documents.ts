import { appendRecords, type JsonValue, RecordLog } from "../engine/index.ts";
import { type HeadCondition, userKey } from "../storage/index.ts";
import type { MemoryContext } from "./memory-context.ts";
import { openUserLog } from "./open-user-log.ts";
import { contentHash } from "./permanent/content-hash.ts";

/** Documents that came into an index from one of a user's sessions, as they were then. */
export interface PushedDocuments {
  index: string;
  /** Id and hash of the text: one that was written anew since is not theirs any more. */
  documents: readonly { id: string; text: string }[];
}

/**
 * Notes what is about to be pushed, in a log of the user's own, so that it can be forgotten with them. Answers what the push
 * depends on: that they are not being forgotten.
 */
export async function enterPushed(
  context: MemoryContext,
  userId: string,
  { index, documents }: PushedDocuments,
): Promise<HeadCondition> {
  const condition = await context.marks.condition({ kind: "user", id: userId });
  const log = await openUserLog(context, userId, userKey(context.project, userId, "pushed"));
  const value = { index, documents: documents.map(({ id, text }) => ({ id, text: contentHash(text) })) };
  await appendRecords(log, [{ id: index, value }], context.clock.now(), { onlyIf: [condition] });
  return condition;
}

/** By index, the ids that were pushed and the hashes of their texts. */
export async function readPushed(
  { storage, project, clock, logger }: MemoryContext,
  userId: string,
): Promise<Map<string, Map<string, Set<string>>>> {
  const pushed = new Map<string, Map<string, Set<string>>>();
  const log = await storage.open(userKey(project, userId, "pushed"));
  if ((await log.head()).version === 0) return pushed;
  const records = await RecordLog.open<JsonValue>({ log, clock, logger });
  for (const { value } of records.records) {
    const { index, documents } = value as unknown as PushedDocuments;
    const ids = pushed.get(index) ?? new Map<string, Set<string>>();
    pushed.set(index, ids);
    for (const { id, text } of documents) ids.set(id, new Set([...(ids.get(id) ?? []), text]));
  }
  await records.close();
  return pushed;
}
