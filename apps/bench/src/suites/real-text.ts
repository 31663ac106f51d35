import { createSotto, memoryStorage, type StoredDocument } from "@sotto/core";
import { staticEmbedder } from "@sotto/embed-static";
import { float32Loop } from "../contenders/float32-loop.ts";
import { vectorRows } from "../data/clustered-vectors.ts";
import { installedMarkdown } from "../data/markdown-files.ts";
import { interleave, type Timing } from "../measure.ts";
import type { Progress } from "../report/progress.ts";

const INDEX = "markdown";

export interface RealTextResult {
  model: string;
  files: number;
  passages: number;
  dimensions: number;
  /** Cutting, embedding and indexing, microseconds a passage. */
  indexMicrosPerPassage: number;
  /** Dense search against exact float32 over the same vectors. */
  recallAt10: number;
  /** Hybrid search top 5, embedding of the query included. */
  search: Timing;
}

/** The Markdown of the installed npm packages, cut by heading; the queries are sentences of it. */
export async function benchRealText(options: {
  mostFiles: number;
  rounds: number;
  queries: number;
  progress: Progress;
}): Promise<RealTextResult> {
  const { mostFiles, rounds, progress } = options;
  progress("real text: reading");
  const files = installedMarkdown(mostFiles);
  const embedder = staticEmbedder();
  await embedder.prewarm();
  await using sotto = createSotto({ storage: memoryStorage(), embedder });
  progress("real text: indexing");
  const begin = performance.now();
  const { chunkCount } = await sotto.createIndex(INDEX, files, { chunking: { by: "heading" } });
  const indexMicrosPerPassage = ((performance.now() - begin) * 1_000) / chunkCount;

  const passages = await sotto.getDocs(INDEX, { limit: chunkCount });
  const embedded = await embedder.embed(
    passages.map(({ text }) => text),
    { kind: "document" },
  );
  const known = passages.filter((_, i) => embedded[i] !== null);
  const values = new Float32Array(known.length * embedder.dimensions);
  let row = 0;
  for (const vector of embedded) if (vector !== null) values.set(vector, embedder.dimensions * row++);
  const exact = float32Loop(vectorRows(values, embedder.dimensions));

  const queries = sentences(passages, options.queries);
  let found = 0;
  let asked = 0;
  for (const [i, query] of queries.slice(0, 200).entries()) {
    progress(`real text: recall, query ${i + 1}`);
    const [vector] = await embedder.embed([query], { kind: "query" });
    if (vector === null || vector === undefined) continue;
    const wanted = new Set(exact(vector, 10).map((place) => known[place]?.id));
    const { hits } = await sotto.query(INDEX, "", { embedding: vector, topK: 10 });
    found += hits.filter(({ id }) => wanted.has(id)).length;
    asked += wanted.size;
  }
  progress("real text: searching");
  const timings = await interleave(
    [{ name: "hybrid", run: (i) => sotto.query(INDEX, queries[i % queries.length] as string) }],
    { rounds, queries: options.queries },
  );
  return {
    model: embedder.id,
    files: files.length,
    passages: chunkCount,
    dimensions: embedder.dimensions,
    indexMicrosPerPassage,
    recallAt10: found / asked,
    search: timings.get("hybrid") as Timing,
  };
}

/** Sentences of 5 to 20 words out of passages that are spread over all. */
function sentences(passages: readonly StoredDocument[], most: number): string[] {
  const found: string[] = [];
  const step = Math.max(1, Math.floor(passages.length / (most * 2)));
  for (let i = 0; i < passages.length && found.length < most; i += step) {
    const sentence = (passages[i]?.text ?? "").match(/[A-Z][^.!?\n|`]{20,200}[.!?]/)?.[0];
    const words = sentence?.split(/\s+/).length ?? 0;
    if (sentence !== undefined && words >= 5 && words <= 20) found.push(sentence);
  }
  return found;
}
