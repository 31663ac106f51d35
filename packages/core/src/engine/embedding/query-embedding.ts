import type { Clock } from "../../clock.ts";
import { EmbeddingFailedError, SottoError } from "../../errors/index.ts";
import type { MaybePromise } from "../../maybe-promise.ts";
import { type InvertedIndex, poolStatistics } from "../words/index.ts";
import { checkVectors } from "./embed-texts.ts";
import type { Embedder, EmbedOptions } from "./embedder.ts";

export interface QueryEmbeddingOptions {
  text: string;
  /** What is asked for besides, mixed in with this weight; blank for nothing. */
  intent?: { text: string; weight: number };
  clock: Clock;
  signal?: AbortSignal;
  /** The words of all indexes of a model that are searched, where they are known beforehand. */
  searched?: (embedder: Embedder) => readonly InvertedIndex[];
}

/**
 * The vector of one question, for every index that is searched with it: a model that answers by promise is asked once, its
 * words weighed by the statistics of all its searched indexes together; one that answers at once is asked for each index,
 * so that words weigh as they do there.
 */
export class QueryEmbedding {
  /** Milliseconds spent embedding, once it has happened. */
  ms = 0;
  readonly #options: QueryEmbeddingOptions;
  readonly #texts: readonly string[];
  /** Models that were asked by promise, and what they answered. */
  readonly #asked = new Map<Embedder, MaybePromise<Float32Array | null>>();
  readonly #embedders = new Set<Embedder>();

  constructor(options: QueryEmbeddingOptions) {
    this.#options = options;
    const { text, intent } = options;
    this.#texts = intent === undefined || intent.text.trim() === "" ? [text] : [text, intent.text];
  }

  /** Every model that was asked. */
  get embedders(): ReadonlySet<Embedder> {
    return this.#embedders;
  }

  /**
   * The vector for one index; null when the model knows none of the words, and for a blank question. Throws
   * `embedding.failed`, and the signal's reason once it is aborted.
   */
  vectorFor(embedder: Embedder, words: InvertedIndex): MaybePromise<Float32Array | null> {
    if (this.#texts.every((text) => text.trim() === "")) return null;
    this.#embedders.add(embedder);
    if (embedder.embedQuerySync !== undefined) return this.#embedNow(embedder, words);
    const asked = this.#asked.get(embedder);
    if (asked !== undefined) return asked;
    const answer = this.#embedLater(embedder).then((vector) => {
      this.#asked.set(embedder, vector);
      return vector;
    });
    this.#asked.set(embedder, answer);
    return answer;
  }

  #embedNow(embedder: Embedder, words: InvertedIndex): Float32Array | null {
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

  async #embedLater(embedder: Embedder): Promise<Float32Array | null> {
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

  /** text + weight x intent, of length 1. */
  #mixed(embedder: Embedder, vectors: readonly (Float32Array | null)[]): Float32Array | null {
    checkVectors(embedder, vectors, this.#texts.length);
    const [text = null, intent = null] = vectors;
    if (intent === null) return text;
    if (text === null) return intent;
    const weight = this.#options.intent?.weight ?? 0;
    const sum = text.map((value, i) => value + weight * (intent[i] ?? 0));
    let squares = 0;
    for (const value of sum) squares += value * value;
    return squares > 0 ? sum.map((value) => value / Math.sqrt(squares)) : text;
  }

  #failureOf(embedder: Embedder, error: unknown): unknown {
    const { signal } = this.#options;
    if (signal?.aborted === true) return signal.reason;
    if (SottoError.isInstance(error)) return error;
    return new EmbeddingFailedError(embedder.id, error instanceof Error ? error.message : String(error));
  }
}

/** How much each word of a question weighs where it is searched; nothing for indexes without words. */
function weighing(searched: readonly InvertedIndex[]): Pick<EmbedOptions, "wordWeights"> {
  const filled = searched.filter(({ documentCount }) => documentCount > 0);
  const [first, ...others] = filled;
  if (first === undefined) return {};
  if (others.length === 0) return { wordWeights: (word) => first.wordWeight(word) };
  const statistics = poolStatistics(filled, []);
  return { wordWeights: (word) => first.wordWeight(word, statistics) };
}
