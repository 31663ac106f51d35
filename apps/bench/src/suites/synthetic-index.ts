import type { Document, Sotto } from "@sotto/core";
import type { VectorRows } from "../data/clustered-vectors.ts";
import { median, percentiles, type Timing } from "../measure.ts";

const BATCH = 1_000;

export interface InsertFigures {
  /** Microseconds a document, in batches of 1,000, searchable when the call resolves: the median batch. */
  batchMicrosPerDocument: number;
  /** Milliseconds of all calls together: what warms up and the snapshots that are written meanwhile included. */
  totalMs: number;
  /** Milliseconds of a call with one document, the last ones of the index. */
  single: Timing;
}

/** Fills an index; texts and documents are made outside what is timed. */
export async function fillIndex(
  sotto: Sotto,
  name: string,
  vectors: VectorRows,
  textOf: (i: number) => string,
  options: { singles: number; onBatch?: (done: number) => void },
): Promise<InsertFigures> {
  const document = (i: number): Document => ({ id: `doc-${i}`, text: textOf(i), embedding: vectors.row(i) });
  const batched = vectors.count - Math.min(options.singles, vectors.count / 2);
  const perDocument: number[] = [];
  let totalMs = 0;
  await sotto.createIndex(name, []);
  for (let start = 0; start < batched; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, batched - start) }, (_, i) => document(start + i));
    const begin = performance.now();
    await sotto.addDocs(name, batch);
    const ms = performance.now() - begin;
    totalMs += ms;
    perDocument.push((ms * 1_000) / batch.length);
    options.onBatch?.(start + batch.length);
  }
  const single: number[] = [];
  for (let i = batched; i < vectors.count; i++) {
    const one = [document(i)];
    const begin = performance.now();
    await sotto.addDocs(name, one);
    const ms = performance.now() - begin;
    totalMs += ms;
    single.push(ms);
  }
  return { batchMicrosPerDocument: median(perDocument), totalMs, single: percentiles(single) };
}
