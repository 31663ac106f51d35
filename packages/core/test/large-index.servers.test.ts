import { setImmediate as nextTurn } from "node:timers/promises";
import { createSotto } from "../src/create-sotto.ts";
import type { Document } from "../src/engine/documents/document.ts";
import type { Embedder } from "../src/engine/embedding/embedder.ts";
import type { Sotto } from "../src/sotto.ts";

const DOCUMENTS = 300_000;
const BATCH = 10_000;

function direction(angle: number): Float32Array {
  return Float32Array.of(Math.cos(angle), Math.sin(angle), 0, 0, 0, 0, 0, 0);
}

/** A text is the number of an angle. */
const embedder: Embedder = {
  id: "angles",
  dimensions: 8,
  calibration: { low: 0, high: 1 },
  embedQuerySync: (text) => direction(Number(text) / DOCUMENTS),
  embed: async (texts) => texts.map((text) => direction(Number(text) / DOCUMENTS)),
};

/** How often the event loop turned while `work` went on. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const ended = work.finally(() => {
    over = true;
  });
  for (; !over; turns++) await nextTurn();
  await ended;
  return turns;
}

describe("an index of 300,000 documents", () => {
  let sotto: Sotto;
  beforeAll(async () => {
    sotto = createSotto({ embedder });
    await sotto.createIndex("large", []);
    for (let start = 0; start < DOCUMENTS; start += BATCH) {
      const batch = Array.from({ length: BATCH }, (_, i): Document => {
        const id = String(start + i);
        return { id, text: id };
      });
      await sotto.addDocs("large", batch);
    }
  }, 120_000);
  afterAll(() => sotto.close());

  it("is searched in turns of the event loop, and finds what was asked for", async () => {
    let hits: readonly { id: string }[] = [];
    const work = sotto.query("large", "123456", { alpha: 0.5 }).then((result) => {
      hits = result.hits;
    });
    expect(await turnsDuring(work)).toBeGreaterThanOrEqual(4);
    expect(hits[0]?.id).toBe("123456");
  });

  it("is recalled from in turns, so that a deadline can pass meanwhile", async () => {
    let found: readonly { id: string }[] = [];
    const work = sotto.searchMemory("123456", { user: "ada", timeoutMs: 60_000, lanes: ["org"] }).then((recall) => {
      found = recall.org;
    });
    expect(await turnsDuring(work)).toBeGreaterThanOrEqual(4);
    expect(found[0]?.id).toBe("123456");
  });

  it("stops searching when the signal aborts", async () => {
    const controller = new AbortController();
    const query = sotto.query("large", "123456", { signal: controller.signal });
    await nextTurn();
    controller.abort(new Error("the caller went on"));
    await expect(query).rejects.toThrow("the caller went on");
  });
});
