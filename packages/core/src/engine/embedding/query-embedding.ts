import type { Clock } from "../../clock.ts";
import { EmbeddingFailedError, SottoError } from "../../errors/index.ts";
import type { MaybePromise } from "../../maybe-promise.ts";
import type { Question } from "../analysis/index.ts";
import { poolStatistics, type WeighedWords } from "../words/index.ts";
import { checkVectors } from "./embed-texts.ts";
import type { Embedder, EmbedOptions } from "./embedder.ts";

/** The vectors of a question in one model: of the whole, and of each of its sentences. Null where the model knows no word. */
export interface QuestionVectors {
  readonly vector: Float32Array | null;
  readonly sentenceVectors?: readonly (Float32Array | null)[];
}

const NO_VECTORS: QuestionVectors = { vector: null };

export interface QueryEmbeddingOptions {
  question: Question;
  /** What is asked for besides, mixed in with this weight; blank for nothing. */
  intent?: { text: string; weight: number };
  clock: Clock;
  signal?: AbortSignal;
  /** The words of all indexes of a model that are searched, where they are known beforehand. */
  searched?: (embedder: Embedder) => readonly WeighedWords[];
}

/**
 * The vectors of one question, for every index that is searched with it: a model that answers by promise is asked once, its
 * words weighed by the statistics of all its searched indexes together; one that answers at once is asked for each index,
 * so that words weigh as they do there.
 */
export class QueryEmbedding {
  /** Milliseconds spent embedding, once it has happened. */
  ms = 0;
  readonly #options: QueryEmbeddingOptions;
  /** The whole, its sentences, and the intent where there is one. */
  readonly #texts: readonly string[];
  readonly #hasIntent: boolean;
  /** Models that were asked by promise, and what they answered. */
  readonly #asked = new Map<Embedder, MaybePromise<QuestionVectors>>();
  readonly #embedders = new Set<Embedder>();

  constructor(options: QueryEmbeddingOptions) {
    this.#options = options;
    const { question, intent } = options;
    const texts = [question.whole, ...question.sentences].map(({ text }) => text);
    this.#hasIntent = intent !== undefined && intent.text.trim() !== "";
    this.#texts = intent !== undefined && this.#hasIntent ? [...texts, intent.text] : texts;
  }

  /** Every model that was asked. */
  get embedders(): ReadonlySet<Embedder> {
    return this.#embedders;
  }

  /**
   * The vectors for one index; null where the model knows none of the words, and for a blank question. Throws
   * `embedding.failed`, and the signal's reason once it is aborted.
   */
  vectorsFor(embedder: Embedder, words: WeighedWords): MaybePromise<QuestionVectors> {
    if (this.#texts.every((text) => text.trim() === "")) return NO_VECTORS;
    this.#embedders.add(embedder);
    if (embedder.embedQuerySync !== undefined) return this.#embedNow(embedder, words);
    const asked = this.#asked.get(embedder);
    if (asked !== undefined) return asked;
    const answer = this.#embedLater(embedder).then((vectors) => {
      this.#asked.set(embedder, vectors);
      return vectors;
    });
    this.#asked.set(embedder, answer);
    return answer;
  }

  #embedNow(embedder: Embedder, words: WeighedWords): QuestionVectors {
    const { clock } = this.#options;
    const start = clock.monotonic();
    const options = weighing([words]);
    try {
      return this.#mixed(
        embedder,
        this.#texts.map((text) => embedder.embedQuerySync?.(text, options) ?? null),
      );
    } catch (error) {
      throw this.#failureOf(embedder, error);
    } finally {
      this.ms += clock.monotonic() - start;
    }
  }

  async #embedLater(embedder: Embedder): Promise<QuestionVectors> {
    const { clock, signal, searched } = this.#options;
    const start = clock.monotonic();
    try {
      const options: EmbedOptions = {
        kind: "query",
        ...weighing(searched?.(embedder) ?? []),
      };
      if (signal !== undefined) options.signal = signal;
      return this.#mixed(embedder, await embedder.embed(this.#texts, options));
    } catch (error) {
      throw this.#failureOf(embedder, error);
    } finally {
      this.ms = Math.max(this.ms, clock.monotonic() - start);
    }
  }

  #mixed(embedder: Embedder, vectors: readonly (Float32Array | null)[]): QuestionVectors {
    checkVectors(embedder, vectors, this.#texts.length);
    const intent = this.#hasIntent ? (vectors.at(-1) ?? null) : null;
    const parts = this.#hasIntent ? vectors.slice(0, -1) : vectors;
    const [vector = null, ...sentenceVectors] = parts.map((part) =>
      withIntent(part, intent, this.#options.intent?.weight),
    );
    return sentenceVectors.length === 0 ? { vector } : { vector, sentenceVectors };
  }

  #failureOf(embedder: Embedder, error: unknown): unknown {
    const { signal } = this.#options;
    if (signal?.aborted === true) return signal.reason;
    if (SottoError.isInstance(error)) return error;
    return new EmbeddingFailedError(embedder.id, error instanceof Error ? error.message : String(error));
  }
}

/** text + weight x intent, of length 1. */
function withIntent(text: Float32Array | null, intent: Float32Array | null, weight = 0): Float32Array | null {
  if (intent === null) return text;
  if (text === null) return intent;
  const sum = text.map((value, i) => value + weight * (intent[i] ?? 0));
  let squares = 0;
  for (const value of sum) squares += value * value;
  return squares > 0 ? sum.map((value) => value / Math.sqrt(squares)) : text;
}

/** How much each word of a question weighs where it is searched; nothing for indexes without words. */
function weighing(searched: readonly WeighedWords[]): Pick<EmbedOptions, "wordWeights"> {
  const filled = searched.filter(({ documentCount }) => documentCount > 0);
  const [first, ...others] = filled;
  if (first === undefined) return {};
  if (others.length === 0) return { wordWeights: (word) => first.wordWeight(word) };
  const statistics = poolStatistics(filled, []);
  return { wordWeights: (word) => first.wordWeight(word, statistics) };
}
