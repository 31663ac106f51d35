import type { Log, LogBatch, Snapshot } from "../../storage/index.ts";

/** Batches that one read asks for. */
export const READ_BATCHES = 1_000;

/** The newest snapshot that is of the log's epoch. */
export async function newestSnapshot(log: Log): Promise<{ snapshot: Snapshot | undefined; epoch: number }> {
  for (;;) {
    const snapshot = await log.readSnapshot();
    const { epoch } = await log.head();
    if (snapshot === undefined || snapshot.epoch === epoch) return { snapshot, epoch };
  }
}

/** All batches after a version. */
export async function readTail(log: Log, after: number, epoch: number): Promise<LogBatch[]> {
  const tail: LogBatch[] = [];
  for (let version = after; ; version = tail.at(-1)?.version ?? version) {
    const batches = await log.read({ after: version, epoch, limit: READ_BATCHES });
    for (const batch of batches) tail.push(batch);
    if (batches.length < READ_BATCHES) return tail;
  }
}
