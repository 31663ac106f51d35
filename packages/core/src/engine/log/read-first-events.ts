import { hasCode } from "../../errors/index.ts";
import type { Log } from "../../storage/index.ts";
import { decodeChange, type IndexEvent } from "./record-codec.ts";

/** The events in a log's first batches, without opening what it holds; undefined when those are compacted. */
export async function readFirstEvents(log: Log, batches: number): Promise<IndexEvent[] | undefined> {
  try {
    const read = await log.read({ after: 0, limit: batches });
    return read.flatMap(({ records }) =>
      records.flatMap((record) => {
        const change = decodeChange(record, `The log ${log.key}`);
        return change.type === "event" ? [change.event] : [];
      }),
    );
  } catch (error) {
    if (hasCode(error, "storage.compacted")) return undefined;
    throw error;
  }
}
