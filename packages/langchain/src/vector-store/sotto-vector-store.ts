import type { DocumentInterface } from "@langchain/core/documents";
import { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { maximalMarginalRelevance } from "@langchain/core/utils/math";
import { type MaxMarginalRelevanceSearchOptions, VectorStore } from "@langchain/core/vectorstores";
import {
  EmbeddingInvalidError,
  type Filter,
  type Hit,
  IndexNotFoundError,
  InvalidArgumentError,
  type Sotto,
} from "@sotto/core";
import { isZero, paddedVector } from "../embeddings/padded-vector.ts";
import { SottoEmbeddings } from "../embeddings/sotto-embeddings.ts";
import { decodeDocument, encodeDocument, storedVector } from "./document-codec.ts";

export interface SottoVectorStoreConfig {
  sotto: Sotto;
  /** The index that holds the documents; made when the first are added. Default `langchain`. */
  indexName?: string;
  /**
   * Id of the embedder of `createSotto` whose vectors have the length of those of `embeddings`. Default: the default
   * embedder of `createSotto`.
   */
  embedder?: string;
  /** Share of the vectors in a search by text, in [0, 1]; the rest is BM25. Default: what suits the embedder. */
  alpha?: number;
  /** Leaves out weaker results, in [0, 1]. Default: none is left out, and a search gives `k` where there are as many. */
  minScore?: number;
  /** Metadata fields that filters may use, by dotted names. Default: all that they can compare, at most 64. */
  filterable?: readonly string[];
}

export type SottoDeleteParams = { ids: readonly string[] } | { filter: Filter } | { deleteAll: true };

/**
 * An index of Sotto as a LangChain vector store: durable, with deletes, filters and MMR. Searches by text are hybrid
 * (vectors and BM25), searches by vector are by vector alone. Scores are in [0, 1], best first; documents that have
 * nothing in common with the query come last, with 0.
 *
 * @example
 * const sotto = createSotto();
 * const store = await SottoVectorStore.fromTexts(["Refunds take five days."], {}, new SottoEmbeddings(), { sotto });
 * const [document] = await store.similaritySearch("when do I get my money back?", 1);
 */
export class SottoVectorStore extends VectorStore {
  declare FilterType: Filter;
  readonly sotto: Sotto;
  readonly indexName: string;
  readonly #config: SottoVectorStoreConfig;
  #leftOut = 0;

  /** Documents without a word, such as blank pages, that were handed in so far: they are not stored. */
  get leftOut(): number {
    return this.#leftOut;
  }

  constructor(embeddings: EmbeddingsInterface, config: SottoVectorStoreConfig) {
    super(embeddings, {});
    this.sotto = config.sotto;
    this.indexName = config.indexName ?? "langchain";
    this.#config = config;
  }

  override _vectorstoreType(): string {
    return "sotto";
  }

  /**
   * Answers the ids of what is stored: the given ones, the documents' own, else new ones. A document whose id is taken
   * replaces it. One without a word is left out, and counted in `leftOut`.
   */
  override async addDocuments(documents: DocumentInterface[], options?: { ids?: string[] }): Promise<string[]> {
    const kept = this.#withText(documents);
    if (kept.length < documents.length) {
      const ids = options?.ids;
      checkIds(ids, documents.length);
      const keptIds =
        ids === undefined ? {} : { ids: kept.map((document) => ids[documents.indexOf(document)] as string) };
      return this.addDocuments(kept, keptIds);
    }
    if (documents.length === 0) return [];
    const vectors = await this.embeddings.embedDocuments(documents.map(({ pageContent }) => pageContent));
    return this.#add(documents, vectors, options?.ids);
  }

  override async addVectors(
    vectors: number[][],
    documents: DocumentInterface[],
    options?: { ids?: string[] },
  ): Promise<string[]> {
    if (vectors.length !== documents.length) {
      throw new InvalidArgumentError("vectors", `there are ${vectors.length} for ${documents.length} documents`);
    }
    return this.#add(documents, vectors, options?.ids);
  }

  /** By ids (one that is not there is no error), by filter, or all. */
  override async delete(params: SottoDeleteParams): Promise<void> {
    if (typeof params !== "object" || params === null)
      throw new InvalidArgumentError("params", "it must be { ids }, { filter } or { deleteAll: true }");
    await ifIndexExists(undefined, async () => {
      if ("deleteAll" in params) await this.sotto.deleteIndex(this.indexName);
      else if ("ids" in params) await this.sotto.deleteDocs(this.indexName, params.ids);
      else await this.sotto.deleteDocs(this.indexName, { filter: params.filter });
    });
  }

  /** In the order of the ids; those that are not there are left out. */
  async getByIds(ids: readonly string[]): Promise<Document[]> {
    return ifIndexExists([], async () => {
      const found = await this.sotto.getDocs(this.indexName, { ids, limit: ids.length });
      return found.map(decodeDocument);
    });
  }

  override async similaritySearch(query: string, k = 4, filter?: this["FilterType"]): Promise<Document[]> {
    const found = await this.similaritySearchWithScore(query, k, filter);
    return found.map(([document]) => document);
  }

  override async similaritySearchWithScore(
    query: string,
    k = 4,
    filter?: this["FilterType"],
  ): Promise<[Document, number][]> {
    const vector = (await this.#indexEmbedsItself()) ? undefined : await this.embeddings.embedQuery(query);
    return withScores(await this.#search(query, vector, k, filter, this.#config.alpha));
  }

  override async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: this["FilterType"],
  ): Promise<[Document, number][]> {
    return withScores(await this.#search("", query, k, filter, 1));
  }

  /** `lambda` 1 is relevance alone, 0 is diversity alone. Defaults: `fetchK` 20, `lambda` 0.5. */
  override async maxMarginalRelevanceSearch(
    query: string,
    { k, fetchK = 20, lambda = 0.5, filter }: MaxMarginalRelevanceSearchOptions<this["FilterType"]>,
  ): Promise<Document[]> {
    const vector = await this.embeddings.embedQuery(query);
    const hits = await this.#search(query, vector, Math.max(k, fetchK), filter, this.#config.alpha);
    const wanted = Array.from(paddedVector(vector));
    const vectors = await this.#vectorsOf(hits, wanted.length);
    return maximalMarginalRelevance(wanted, vectors, lambda, k).map((i) => decodeDocument(hits[i] as Hit));
  }

  static override async fromTexts(
    texts: string[],
    metadatas: object[] | object,
    embeddings: EmbeddingsInterface,
    config: SottoVectorStoreConfig,
  ): Promise<SottoVectorStore> {
    const documents = texts.map(
      (pageContent, i) =>
        new Document({ pageContent, metadata: (Array.isArray(metadatas) ? metadatas[i] : metadatas) ?? {} }),
    );
    return SottoVectorStore.fromDocuments(documents, embeddings, config);
  }

  static override async fromDocuments(
    documents: DocumentInterface[],
    embeddings: EmbeddingsInterface,
    config: SottoVectorStoreConfig,
  ): Promise<SottoVectorStore> {
    const store = new SottoVectorStore(embeddings, config);
    await store.addDocuments(documents);
    return store;
  }

  /** Then the query's words are weighed as the index weighs them, which a vector from outside cannot be. */
  async #indexEmbedsItself(): Promise<boolean> {
    const { embeddings } = this;
    if (!(embeddings instanceof SottoEmbeddings)) return false;
    return ifIndexExists(false, async () => {
      const { embedderId } = await this.sotto.getIndex(this.indexName);
      return embedderId === embeddings.embedder.id;
    });
  }

  async #add(
    documents: readonly DocumentInterface[],
    vectors: readonly number[][],
    ids: readonly string[] | undefined,
  ): Promise<string[]> {
    checkIds(ids, documents.length);
    if (documents.length === 0) return [];
    const { embedder, filterable } = this.#config;
    const encoded = documents.map((document, i) =>
      encodeDocument(ids?.[i] ?? document.id ?? crypto.randomUUID(), document, vectors[i], filterable),
    );
    try {
      await this.sotto.createIndex(this.indexName, encoded, embedder === undefined ? {} : { embedder });
    } catch (error) {
      throw withRemedy(error, vectors[0]?.length);
    }
    return encoded.map(({ id }) => id);
  }

  #withText(documents: readonly DocumentInterface[]): DocumentInterface[] {
    const kept = documents.filter(({ pageContent }) => pageContent.trim() !== "");
    this.#leftOut += documents.length - kept.length;
    return kept;
  }

  async #search(
    text: string,
    vector: number[] | undefined,
    k: number,
    filter: Filter | undefined,
    alpha: number | undefined,
  ): Promise<Hit[]> {
    const { minScore } = this.#config;
    const embedding = vector === undefined || isZero(vector) ? undefined : paddedVector(vector);
    const where = filter === undefined ? {} : { filter };
    return ifIndexExists([], async () => {
      const searchable = embedding !== undefined || text.trim() !== "";
      const { hits } = searchable
        ? await this.sotto.query(this.indexName, text, {
            topK: k,
            ...where,
            ...(alpha === undefined ? {} : { alpha }),
            ...(minScore === undefined ? {} : { minScore }),
            ...(embedding === undefined ? {} : { embedding }),
          })
        : { hits: [] };
      if (hits.length >= k || minScore !== undefined) return hits;
      const taken = new Set(hits.map(({ id }) => id));
      const others = await this.sotto.getDocs(this.indexName, { ...where, limit: k });
      const rest = others
        .filter(({ id }) => !taken.has(id))
        .map((document) => ({ ...document, score: 0, index: this.indexName }));
      return [...hits, ...rest].slice(0, k);
    });
  }

  /** As they were added; those that Sotto embedded itself are made again. */
  async #vectorsOf(hits: readonly Hit[], length: number): Promise<number[][]> {
    const vectors = hits.map((hit) => storedVector(hit));
    const missing = hits.filter((_, i) => vectors[i] === undefined);
    const made = missing.length === 0 ? [] : await this.embeddings.embedDocuments(missing.map(({ text }) => text));
    let next = 0;
    return vectors.map((vector) => {
      const found = vector ?? Array.from(paddedVector(made[next++] as number[]));
      if (found.length === length) return found;
      throw new InvalidArgumentError("embeddings", `its vectors have ${length} values, those stored ${found.length}`);
    });
  }
}

function checkIds(ids: readonly string[] | undefined, documents: number): void {
  if (ids !== undefined && ids.length !== documents)
    throw new InvalidArgumentError("ids", `there are ${ids.length} for ${documents} documents`);
}

/** Vectors of another length than the index's are what everybody meets first. */
function withRemedy(error: unknown, length: number | undefined): unknown {
  if (!EmbeddingInvalidError.isInstance(error) || !error.message.includes("dimensions")) return error;
  return new InvalidArgumentError(
    "embeddings",
    `its vectors have ${length} values, and the index's embedder makes others. Give createSotto the same model: createSotto({ embedder: await fromEmbeddings(embeddings, { id }) }), or name one of its embedders as \`embedder\` of the store. (${error.message})`,
  );
}

function withScores(hits: readonly Hit[]): [Document, number][] {
  return hits.map((hit) => [decodeDocument(hit), hit.score]);
}

/** Nothing was added yet: that is an empty store, not an error. */
async function ifIndexExists<T>(otherwise: T, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (IndexNotFoundError.isInstance(error)) return otherwise;
    throw error;
  }
}
