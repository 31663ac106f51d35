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
import type { WeighedWords } from "../words/index.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import { candidatesIndex } from "./searchable-candidates.ts";
import { CollectionWords, searchableOf } from "./searchable-collection.ts";

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
  const searchables = indexes.map(({ stored }) => searchableOf(catalog, stored));
  const collections = await Promise.all(searchables.map((each) => each && CollectionWords.of(each, question)));
  const words = indexes.map(({ stored }, i) => collections[i] ?? stored.index.words);
  const vectors = await vectorsFor({ indexes, words, embedders }, question, options, clock);
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
  const elsewhere = await Promise.all(
    searchables.map((searchable, i) => {
      const [words, stored, target] = [collections[i], indexes[i]?.stored, asked[i]];
      if (searchable === undefined || words === undefined || stored === undefined || target === undefined)
        return undefined;
      const { topK } = request;
      const { alpha, filter } = target;
      return candidatesIndex(
        catalog,
        { searchable, stored, words },
        { question, vectors: target, alpha, topK, filter },
      );
    }),
  );
  const targets = (shortlists?: readonly (Shortlist | undefined)[]): SearchTarget[] =>
    indexes.map(({ stored }, i) => ({
      ...(asked[i] as Omit<SearchTarget, "index">),
      index: elsewhere[i] ?? stored.index,
      shortlist: shortlists?.[i],
      statistics: collections[i],
    }));
  let hits: Hit[];
  try {
    const shortlists = await shortlistLarge(targets(), {
      ...request,
      signal: options.signal,
    });
    const searched = targets(shortlists);
    hits = search(searched, request).map((found) => toHit(found, indexes, searched));
  } finally {
    for (const index of elsewhere) index?.dispose();
  }
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

/** The question's vectors for each index, by its words, all models side by side. */
async function vectorsFor(
  {
    indexes,
    words,
    embedders,
  }: { indexes: readonly NamedIndex[]; words: readonly WeighedWords[]; embedders: readonly Embedder[] },
  question: Question,
  { alpha, embedding, signal }: QueryOptions,
  clock: Clock,
): Promise<readonly QuestionVectors[]> {
  if (alpha === 0) return [];
  if (embedding !== undefined) {
    const vector = toUnitLength(new Float32Array(embedding));
    return words.map(() => ({ vector }));
  }
  const asked = new QueryEmbedding({
    question,
    clock,
    ...(signal === undefined ? {} : { signal }),
    searched: (embedder) => words.filter((_, i) => embedders[i] === embedder),
  });
  return Promise.all(
    words.map((each, i) => {
      const embedder = embedders[i] as Embedder;
      return hasVectorsOf((indexes[i] as NamedIndex).stored, embedder)
        ? asked.vectorsFor(embedder, each)
        : { vector: null };
    }),
  );
}

/** A vector that the caller gives is no guess of the model's: what the model knows of the words does not matter. */
function alphaOf(embedder: Embedder, text: string, { embedding }: QueryOptions): number {
  return embedding === undefined ? alphaFor(embedder, text) : (embedder.defaultAlpha ?? DEFAULT_ALPHA);
}

function toHit(
  { target, slot, score, explain }: Scored,
  indexes: readonly NamedIndex[],
  targets: readonly SearchTarget[],
): Hit {
  const hit: Hit = {
    ...(targets[target] as SearchTarget).index.documents.document(slot),
    score,
    index: (indexes[target] as NamedIndex).name,
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
