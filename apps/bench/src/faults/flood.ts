import { createSotto } from "@sotto/core";
import { loopLateness } from "../loop-lateness.ts";
import type { FaultRow } from "./fault-row.ts";
import { quiet, withFolder } from "./store-folder.ts";

const TIMEOUT_MS = 250;
/** An answer may come so much after its deadline: what else the process does takes its turn, too. */
const GRACE_MS = 100;

/** Recalls at once, of one user that is not open yet or of a user each: every one is answered, by its deadline. */
export function flood(count: number, users: "one" | "each"): Promise<FaultRow> {
  return withFolder(async (folder) => {
    const before = createSotto({ storage: folder, logger: quiet });
    const documents = Array.from({ length: 5_000 }, (_, n) => ({
      id: `d${n}`,
      text: `Rule ${n} about parcels and gates.`,
    }));
    await before.createIndex("rules", documents);
    for (let n = 0; n < 20; n++) await before.remember("user-0", `The gate code of house ${n} is ${n * 37}.`);
    await before.close();
    const sotto = createSotto({ storage: folder, logger: quiet });
    const started = performance.now();
    let [failures, slowest] = [0, 0];
    const lateness = await loopLateness(async () => {
      const recalls = Array.from({ length: count }, async (_, n) => {
        const user = users === "one" ? "user-0" : `user-${n}`;
        const recall = await sotto.searchMemory("gate code of house 7", { user, timeoutMs: TIMEOUT_MS });
        const took = performance.now() - started;
        slowest = Math.max(slowest, took);
        return took <= TIMEOUT_MS + GRACE_MS && typeof recall.contextText === "string";
      });
      for (const outcome of await Promise.allSettled(recalls))
        if (outcome.status === "rejected" || !outcome.value) failures++;
    });
    await sotto.close();
    const of = users === "one" ? "one cold user" : "a user each";
    return {
      attack: `${count.toLocaleString("en")} recalls at once, ${of}, deadline ${TIMEOUT_MS} ms`,
      tries: count,
      failures,
      note: `slowest ${Math.round(slowest)} ms, event loop held ${Math.round(lateness.max)} ms`,
    };
  });
}
