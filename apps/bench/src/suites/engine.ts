import { createSotto, type Embedder, memoryStorage, type Sotto } from "@sotto/core";
import { float32Loop } from "../contenders/float32-loop.ts";
import { miniSearch } from "../contenders/minisearch.ts";
import { clusteredVectors } from "../data/clustered-vectors.ts";
import { syntheticTexts } from "../data/synthetic-text.ts";
import { interleave, median, type Percentiles } from "../measure.ts";

const DIMENSIONS = 384;
const TOP_K = 5;
const INDEX = "bench";

export interface EngineResult {
  documents: number;
  dimensions: number;
  /** Milliseconds, median over the rounds; the query's vector is given, so nothing is embedded. */
  latency: Record<string, Percentiles>;
  /** How many times faster the p50 of Sotto's hybrid search is than each peer's. */
  fasterThan: Record<string, number>;
  recallAt10: number;
  insertMicrosPerDocument: number;
  /** Outside the text itself. */
  bytesPerDocument: number;
}

export interface EngineOptions {
  documents: number;
  runs: number;
  queries: number;
  onProgress(message: string): void;
}

/** Vectors come with the documents and queries: this embedder is never asked. */
const givenVectors: Embedder = {
  id: "given-384",
  dimensions: DIMENSIONS,
  calibration: { low: 0, high: 1 },
  embed: () => Promise.reject(new Error("the bench gives every vector")),
};

export async function benchEngine({ documents, runs, queries, onProgress }: EngineOptions): Promise<EngineResult> {
  onProgress(`${documents.toLocaleString("en")} documents: making data`);
  const vectors = clusteredVectors(documents, queries, DIMENSIONS);
  const texts = syntheticTexts(documents, queries);
  await using sotto = createSotto({ storage: memoryStorage(), embedder: givenVectors });

  onProgress(`${documents.toLocaleString("en")} documents: inserting`);
  const insertMicrosPerDocument = await insert(sotto, vectors.documents, texts.documents);
  const { bytes } = await sotto.loadIndex(INDEX);
  const textBytes = texts.documents.reduce((sum, text) => sum + text.length, 0);

  const exact = float32Loop(vectors.documents, DIMENSIONS);
  const peer = miniSearch(texts.documents);
  const query = (i: number) => vectors.queries[i % queries] as Float32Array;
  const text = (i: number) => texts.queries[(i * 7) % queries] as string;
  const ours = (alpha: number | undefined) => (i: number) =>
    sotto.query(INDEX, text(i), { embedding: query(i), topK: TOP_K, ...(alpha === undefined ? {} : { alpha }) });
  const slow = Math.max(10, Math.min(queries, Math.round(2_000_000 / documents)));

  onProgress(`${documents.toLocaleString("en")} documents: searching`);
  const measured = await interleave(
    [
      { name: "sotto hybrid", run: ours(undefined) },
      { name: "sotto dense", run: ours(1) },
      { name: "sotto BM25", run: ours(0) },
      { name: "JavaScript float32 loop", run: (i) => exact(query(i), TOP_K) },
      { name: "minisearch BM25", run: (i) => peer(text(i), TOP_K) },
    ],
    {
      runs,
      queries: ({ name }) => (name.startsWith("sotto") ? queries : slow),
      onRound: (round) => onProgress(`${documents.toLocaleString("en")} documents: round ${round} of ${runs}`),
    },
  );

  const hybrid = measured.get("sotto hybrid") as Percentiles;
  return {
    documents,
    dimensions: DIMENSIONS,
    latency: Object.fromEntries(measured),
    fasterThan: Object.fromEntries(
      [...measured].filter(([name]) => !name.startsWith("sotto")).map(([name, { p50 }]) => [name, p50 / hybrid.p50]),
    ),
    recallAt10: await recall(sotto, exact, vectors.queries),
    insertMicrosPerDocument,
    bytesPerDocument: (bytes - textBytes) / documents,
  };
}

async function insert(sotto: Sotto, vectors: readonly Float32Array[], texts: readonly string[]): Promise<number> {
  const step = 1_000;
  await sotto.createIndex(INDEX, []);
  const perDocument: number[] = [];
  for (let start = 0; start < texts.length; start += step) {
    const batch = texts
      .slice(start, start + step)
      .map((text, i) => ({ id: `doc-${start + i}`, text, embedding: vectors[start + i] as Float32Array }));
    const begin = performance.now();
    await sotto.addDocs(INDEX, batch);
    perDocument.push(((performance.now() - begin) * 1_000) / batch.length);
  }
  return median(perDocument);
}

async function recall(
  sotto: Sotto,
  exact: (query: Float32Array, k: number) => Uint32Array,
  queries: readonly Float32Array[],
): Promise<number> {
  let found = 0;
  const sample = queries.slice(0, 100);
  for (const embedding of sample) {
    const wanted = new Set(Array.from(exact(embedding, 10), (i) => `doc-${i}`));
    const { hits } = await sotto.query(INDEX, "", { embedding, topK: 10 });
    found += hits.filter((hit) => wanted.has(hit.id)).length;
  }
  return found / (sample.length * 10);
}
