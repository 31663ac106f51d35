import type { Clock } from "../../clock.ts";
import { type Question, understand, withoutWords } from "../analysis/index.ts";
import type { Embedder } from "../embedding/index.ts";
import { alphaFor, DEFAULT_ALPHA, QueryEmbedding, type QuestionVectors } from "../embedding/index.ts";
import { compileFilter } from "../filter/index.ts";
import { hasVectorsOf, type IndexSettings, type StoredIndex } from "../log/index.ts";
import type { Hit, QueryOptions, QueryResult, Reranker, SearchTarget } from "../search/index.ts";
import { type Scored, type SearchRequest, type Shortlist, search, shortlistLarge } from "../search/index.ts";
import { validateQuery } from "../validate/index.ts";
import { toUnitLength } from "../vectors/index.ts";
import type { IndexCatalog } from "./index-catalog.ts";

const DEFAULT_TOP_K = 5;
/** How many hits a reranker gets for each that is wanted, and at least. */
const RERANK_FACTOR = 4;
const RERANK_MINIMUM = 20;

export interface NamedIndex {
  name: string;
  stored: StoredIndex;
}

/** Searches open indexes: one analysis, one embedding for each model, one global top k. */
export async function queryIndexes(
  catalog: IndexCatalog,
  indexes: readonly NamedIndex[],
  text: string,
  options: QueryOptions = {},
  reranker?: Reranker,
): Promise<QueryResult> {
  const { clock, limits } = catalog.options;
  const start = clock.monotonic();
  options.signal?.throwIfAborted();
  for (const { stored } of indexes) {
    validateQuery(text, options, { limits, dimensions: (stored.settings as IndexSettings).dimensions });
  }
  const filter = options.filter === undefined ? undefined : compileFilter(options.filter, limits);
  const question = questionOf(text, options);

  const embedders = indexes.map(({ name, stored }) => catalog.embedderOf(name, stored.settings as IndexSettings));
  const vectors = await vectorsFor(indexes, embedders, question, options, clock);
  const asked = embedders.map((embedder, i): Omit<SearchTarget, "index"> => {
    const alpha = options.alpha ?? alphaOf(embedder, question.whole.text, options);
    const found = vectors[i] ?? { vector: null };
    return { ...found, calibration: embedder.calibration, alpha, ...(filter === undefined ? {} : { filter }) };
  });
  options.signal?.throwIfAborted();
  const embedded = clock.monotonic();

  const reranks = options.rerank === true && reranker !== undefined;
  const topK = options.topK ?? DEFAULT_TOP_K;
  const request: SearchRequest = {
    question,
    topK: reranks ? Math.max(RERANK_MINIMUM, topK * RERANK_FACTOR) : topK,
    minScore: reranks ? 0 : (options.minScore ?? 0),
    explain: options.explain === true,
    groupByParent: options.groupBy === "parent",
  };
  const targets = (shortlists?: readonly (Shortlist | undefined)[]): SearchTarget[] =>
    indexes.map(({ stored }, i) => ({
      ...(asked[i] as Omit<SearchTarget, "index">),
      index: stored.index,
      shortlist: shortlists?.[i],
    }));
  const shortlists = await shortlistLarge(targets(), {
    ...request,
    signal: options.signal,
  });
  const scored = search(targets(shortlists), request);
  let hits = scored.map((found) => toHit(found, indexes));
  if (reranks) hits = await rerank(reranker, text, hits, topK, options);
  const end = clock.monotonic();
  return { query: text, hits, embedMs: embedded - start, searchMs: end - embedded, tookMs: end - start };
}

/** A query by a vector of its own is one question, and by alpha 1 one without words. */
function questionOf(text: string, { alpha, embedding }: QueryOptions): Question {
  const question = understand(text);
  const asked = alpha === 1 ? withoutWords(question) : question;
  return embedding === undefined ? asked : { ...asked, sentences: [] };
}

/** The question's vectors for each index, all models side by side. */
async function vectorsFor(
  indexes: readonly NamedIndex[],
  embedders: readonly Embedder[],
  question: Question,
  { alpha, embedding, signal }: QueryOptions,
  clock: Clock,
): Promise<readonly QuestionVectors[]> {
  if (alpha === 0) return [];
  if (embedding !== undefined) {
    const vector = toUnitLength(new Float32Array(embedding));
    return indexes.map(() => ({ vector }));
  }
  const asked = new QueryEmbedding({
    question,
    clock,
    ...(signal === undefined ? {} : { signal }),
    searched: (embedder) => indexes.filter((_, i) => embedders[i] === embedder).map(({ stored }) => stored.index.words),
  });
  return Promise.all(
    indexes.map(({ stored }, i) =>
      hasVectorsOf(stored, embedders[i] as Embedder)
        ? asked.vectorsFor(embedders[i] as Embedder, stored.index.words)
        : { vector: null },
    ),
  );
}

/** A vector that the caller gives is no guess of the model's: what the model knows of the words does not matter. */
function alphaOf(embedder: Embedder, text: string, { embedding }: QueryOptions): number {
  return embedding === undefined ? alphaFor(embedder, text) : (embedder.defaultAlpha ?? DEFAULT_ALPHA);
}

function toHit({ target, slot, score, explain }: Scored, indexes: readonly NamedIndex[]): Hit {
  const { name, stored } = indexes[target] as NamedIndex;
  const hit: Hit = {
    ...stored.index.documents.document(slot),
    score,
    index: name,
  };
  if (explain !== undefined) hit.explain = explain;
  return hit;
}

async function rerank(
  reranker: Reranker,
  query: string,
  hits: Hit[],
  topK: number,
  options: QueryOptions,
): Promise<Hit[]> {
  const scores = await reranker.rerank(
    query,
    hits.map((hit) => hit.text),
    options.signal === undefined ? {} : { signal: options.signal },
  );
  return hits
    .map((hit, i) => ({
      ...hit,
      score: Math.min(1, Math.max(0, scores[i] ?? 0)),
      ...(hit.explain === undefined ? {} : { explain: { ...hit.explain, scoreBeforeRerank: hit.score } }),
    }))
    .filter((hit) => hit.score >= (options.minScore ?? 0))
    .sort((x, y) => y.score - x.score)
    .slice(0, topK);
}
