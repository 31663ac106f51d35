import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "@sotto/core";

/** The ids of all records, in the order of their commits. */
export async function idsOf(log: Log): Promise<string[]> {
  const batches = await log.read({ after: 0, limit: 1_000_000 });
  return batches.flatMap(({ records }) => records.map(({ id }) => id));
}

/** Appends until it is told to stop, in several lanes; answers what was acknowledged. */
export function appendOn(log: Log, lanes = 4) {
  const acknowledged: string[] = [];
  let stopped = false;
  const running = Array.from({ length: lanes }, async (_, lane) => {
    for (let i = 0; !stopped; i++) {
      const id = `${lane}-${i}`;
      await log.append([{ id, data: new Uint8Array(10) }]);
      acknowledged.push(id);
    }
  });
  return {
    acknowledged,
    async until(count: number): Promise<void> {
      while (acknowledged.length < count) await sleep(5);
    },
    async stop(): Promise<string[]> {
      stopped = true;
      await Promise.all(running);
      return acknowledged;
    },
  };
}
