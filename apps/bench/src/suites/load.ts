import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSotto } from "@sotto/core";
import { clusteredVectors } from "../data/clustered-vectors.ts";
import { givenVectors } from "../data/given-vectors.ts";
import { syntheticTexts } from "../data/synthetic-text.ts";
import { type LoopLateness, loopLateness, medianLateness } from "../loop-lateness.ts";
import { median } from "../measure.ts";
import type { Progress } from "../report/progress.ts";
import { fillIndex, type InsertFigures } from "./synthetic-index.ts";

const DIMENSIONS = 384;
const INDEX = "bench";

export interface LoadResult {
  documents: number;
  /** Into SQLite, durable when the call resolves. */
  insert: InsertFigures;
  /** Opening the written index again, by a new `createSotto`: the median, and each. The file is in the system's cache. */
  loadMs: number;
  loadsMs: number[];
  /** While it is opened. */
  loopLateness: LoopLateness;
}

/** Writes an index into a SQLite store, closes it, and opens it again as a later process would. */
export async function benchLoad(options: {
  documents: number;
  rounds: number;
  progress: Progress;
}): Promise<LoadResult> {
  const { documents, rounds, progress } = options;
  const say = (what: string) => progress(`${documents.toLocaleString("en")} documents on disk: ${what}`);
  const directory = await mkdtemp(join(tmpdir(), "sotto-bench-"));
  const open = () => createSotto({ storage: directory, embedder: givenVectors(DIMENSIONS) });
  try {
    say("making data");
    let insert: InsertFigures;
    {
      const vectors = clusteredVectors(documents, 1, DIMENSIONS).documents;
      await using sotto = open();
      insert = await fillIndex(sotto, INDEX, vectors, syntheticTexts(1).document, {
        singles: 100,
        onBatch: (done) => say(`written ${done.toLocaleString("en")}`),
      });
    }
    const loadsMs: number[] = [];
    const lateness: LoopLateness[] = [];
    for (let round = 1; round <= rounds; round++) {
      say(`load ${round} of ${rounds}`);
      globalThis.gc?.();
      const begin = performance.now();
      await using sotto = open();
      const load = async () => {
        const { docCount } = await sotto.loadIndex(INDEX);
        loadsMs.push(performance.now() - begin);
        if (docCount !== documents) throw new Error(`${docCount} of ${documents} documents came back`);
      };
      lateness.push(await loopLateness(load));
    }
    return { documents, insert, loadMs: median(loadsMs), loadsMs, loopLateness: medianLateness(lateness) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
