/**
 * A program that has nothing else to do than to wait for Sotto: for the `deadline` of a recall whose embedder never
 * answers, for a `place` in a pool that is full, or for nothing, while users are held open (`idle`). Prints what it got.
 */
import { createSotto } from "../src/create-sotto.ts";
import type { Embedder } from "../src/engine/index.ts";
import { codeOf } from "../src/errors/index.ts";
import { memoryStorage } from "../src/storage/memory/memory-storage.ts";

const [what] = process.argv.slice(2);
const never = new Promise<never>(() => undefined);
const embedder: Embedder = {
  id: "tiny",
  dimensions: 8,
  calibration: { low: 0, high: 1 },
  embed: async (texts, { kind }) =>
    kind === "query" ? never : texts.map(() => Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0)),
};
const inMemory = memoryStorage();
const storage = {
  ...inMemory,
  open: (key: string) => (key.includes("/stuck/") ? never : inMemory.open(key)),
};
const sotto = createSotto({ storage, embedder, pool: { maxConcurrentUsers: 1 }, logger: { warn() {}, error() {} } });

if (what === "deadline") {
  await sotto.createIndex("faq", [{ id: "a", text: "a text" }]);
  const { trace } = await sotto.searchMemory("a question", { user: "ann", timeoutMs: 80 });
  console.log(trace.lanes.org.status);
} else if (what === "place") {
  void sotto.remember("stuck", "never opened");
  await sotto.remember("ann", "a fact").catch((error: unknown) => console.log(codeOf(error)));
} else {
  await sotto.remember("ann", "a fact");
  console.log("remembered");
}
