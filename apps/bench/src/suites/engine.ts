import { setImmediate as nextTurn } from "node:timers/promises";
import { createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { float32Loop } from "../contenders/float32-loop.ts";
import { miniSearch } from "../contenders/minisearch.ts";
import { orama } from "../contenders/orama.ts";
import type { Peer } from "../contenders/peer.ts";
import { sqliteFts5 } from "../contenders/sqlite-fts5.ts";
import { usearch } from "../contenders/usearch.ts";
import { clusteredVectors, type VectorRows, vectorRows } from "../data/clustered-vectors.ts";
import { givenVectors } from "../data/given-vectors.ts";
import { syntheticTexts } from "../data/synthetic-text.ts";
import { type LoopLateness, loopLateness } from "../loop-lateness.ts";
import { interleave, type Timing } from "../measure.ts";
import type { Progress } from "../report/progress.ts";
import { fillIndex, type InsertFigures } from "./synthetic-index.ts";

const DIMENSIONS = 384;
const TOP_K = 5;
const INDEX = "bench";
/** Above this the peers would take hours to build, or more memory than there is. */
const MOST_FOR_PEERS = 100_000;
const RECALL_QUERIES = 200;

export interface Measured extends Timing {
  name: string;
  searches: "words" | "vectors" | "both";
  /** p50 of the JavaScript float32 loop over its own: how many times faster than the loop it is. */
  fasterThanLoop: number;
  /** Its p50 over that of Sotto's search of the same kind: how many times slower than Sotto it is. */
  slowerThanSotto: number;
  /** Share of the exact ten nearest vectors among its first ten. */
  recallAt10?: number;
  buildMs?: number;
}

export interface EngineResult {
  documents: number;
  dimensions: number;
  topK: number;
  search: Measured[];
  insert: InsertFigures;
  /** While one hybrid search comes after the other. */
  loopLateness: LoopLateness;
  /** Held outside the JavaScript heap, for texts of 12 to 40 words, without the texts themselves. */
  bytesPerDocument: number;
  /** The same for texts of one letter, of at most 100,000 documents: vector, codes and places alone. */
  wordlessBytesPerDocument: number;
  notMeasured: string[];
}

export interface EngineOptions {
  documents: number;
  rounds: number;
  queries: number;
  progress: Progress;
}

/** Search, insert and size on synthetic data; the queries bring their vectors, so that nothing is embedded. */
export async function benchEngine({ documents, rounds, queries, progress }: EngineOptions): Promise<EngineResult> {
  const say = (what: string) => progress(`${documents.toLocaleString("en")} documents: ${what}`);
  say("making data");
  const vectors = clusteredVectors(documents, queries, DIMENSIONS);
  const texts = syntheticTexts(queries);
  let textBytes = 0;
  for (let i = 0; i < documents; i++) textBytes += texts.document(i).length;

  await using sotto = createSotto({ storage: memoryStorage(), embedder: givenVectors(DIMENSIONS) });
  const insert = await fillIndex(sotto, INDEX, vectors.documents, texts.document, {
    singles: 1_000,
    onBatch: (done) => say(`inserted ${done.toLocaleString("en")}`),
  });
  const { bytes } = await sotto.loadIndex(INDEX);
  const wordlessBytesPerDocument = await wordlessBytes(vectors.documents);

  const { peers, notMeasured } = await buildPeers(documents, vectors.documents, texts.document, say);
  const exact = float32Loop(vectors.documents);
  const query = (i: number) => ({
    text: texts.queries[(i * 7) % queries] as string,
    vector: vectors.queries.row(i % queries),
  });
  const ours = (alpha: number | undefined) => (i: number) => {
    const { text, vector } = query(i);
    return sotto.query(INDEX, text, { embedding: vector, topK: TOP_K, ...(alpha === undefined ? {} : { alpha }) });
  };
  const contenders: (Pick<Measured, "name" | "searches"> & { run(i: number): unknown; peer?: Peer })[] = [
    { name: "Sotto, hybrid", searches: "both", run: ours(undefined) },
    { name: "Sotto, dense", searches: "vectors", run: ours(1) },
    { name: "Sotto, BM25", searches: "words", run: ours(0) },
    { name: "JavaScript float32 loop", searches: "vectors", run: (i) => exact(query(i).vector, TOP_K) },
    ...peers.map((peer) => ({ ...peer, peer, run: (i: number) => peer.search(query(i), TOP_K) })),
  ];
  say("searching");
  const timings = await interleave(contenders, {
    rounds,
    queries,
    onRound: (round) => say(`round ${round} of ${rounds}`),
  });

  const searching = await loopLateness(async () => {
    for (let i = 0; i < queries; i++) {
      await ours(undefined)(i);
      await nextTurn();
    }
  });

  say("recall");
  const p50 = (name: string) => (timings.get(name) as Timing).p50;
  const own = { both: p50("Sotto, hybrid"), vectors: p50("Sotto, dense"), words: p50("Sotto, BM25") };
  const truth = Array.from({ length: Math.min(RECALL_QUERIES, queries) }, (_, i) => exact(query(i).vector, 10));
  const search: Measured[] = [];
  for (const { name, searches, peer } of contenders) {
    const timing = timings.get(name) as Timing;
    const measured: Measured = {
      name,
      searches,
      ...timing,
      fasterThanLoop: p50("JavaScript float32 loop") / timing.p50,
      slowerThanSotto: timing.p50 / own[searches],
    };
    if (name === "Sotto, dense") measured.recallAt10 = await recallOf(truth, (i) => ten(sotto, query(i).vector));
    if (peer?.searches === "vectors")
      measured.recallAt10 = await recallOf(truth.slice(0, peer.name.startsWith("Orama") ? 20 : undefined), async (i) =>
        peer.search(query(i), 10),
      );
    if (peer !== undefined) measured.buildMs = peer.buildMs;
    else if (name === "Sotto, hybrid") measured.buildMs = insert.totalMs;
    search.push(measured);
  }
  for (const peer of peers) peer.close?.();
  const bytesPerDocument = (bytes - textBytes) / documents;
  return {
    documents,
    dimensions: DIMENSIONS,
    topK: TOP_K,
    search,
    insert,
    loopLateness: searching,
    bytesPerDocument,
    wordlessBytesPerDocument,
    notMeasured,
  };
}

async function wordlessBytes(vectors: VectorRows): Promise<number> {
  const most = vectorRows(vectors.values.subarray(0, MOST_FOR_PEERS * DIMENSIONS), DIMENSIONS);
  await using sotto = createSotto({ storage: memoryStorage(), embedder: givenVectors(DIMENSIONS) });
  await fillIndex(sotto, INDEX, most, () => "x", { singles: 0 });
  const { bytes } = await sotto.loadIndex(INDEX);
  return bytes / most.count - 1;
}

async function buildPeers(
  documents: number,
  vectors: VectorRows,
  textOf: (i: number) => string,
  say: Progress,
): Promise<{ peers: Peer[]; notMeasured: string[] }> {
  if (documents > MOST_FOR_PEERS)
    return { peers: [], notMeasured: [`peers above ${MOST_FOR_PEERS.toLocaleString("en")} documents`] };
  const texts = Array.from({ length: documents }, (_, i) => textOf(i));
  const peers: Peer[] = [];
  const notMeasured: string[] = [];
  for (const [name, build] of Object.entries({ miniSearch, orama, sqliteFts5, usearch })) {
    say(`building ${name}`);
    const built = await build({ texts, vectors });
    if (built === undefined) notMeasured.push(`${name}: not installed on this platform`);
    else peers.push(...built);
  }
  return { peers, notMeasured };
}

async function ten(sotto: Sotto, embedding: Float32Array): Promise<number[]> {
  const { hits } = await sotto.query(INDEX, "", { embedding, topK: 10 });
  return hits.map(({ id }) => Number(id.slice("doc-".length)));
}

async function recallOf(truth: readonly number[][], search: (i: number) => Promise<number[]>): Promise<number> {
  let found = 0;
  for (const [i, wanted] of truth.entries()) {
    const got = new Set(await search(i));
    found += wanted.filter((id) => got.has(id)).length / wanted.length;
  }
  return found / truth.length;
}
