import type { Clock } from "../clock.ts";
import type { Embedder, SearchIndex } from "../engine/index.ts";
import { analyzeQuery, checkVectors, normalizedText, type QueryTerm } from "../engine/index.ts";
import { EmbeddingFailedError, SottoError } from "../errors/index.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import { INTENT_WEIGHT } from "./recall-defaults.ts";

/** What is searched for: analysed once, embedded once a model (once an index where the model weighs words). */
export class RecallQuery {
  readonly text: string;
  readonly intent: string;
  readonly terms: readonly QueryTerm[];
  /** Milliseconds spent embedding, once it has happened. */
  embedMs = 0;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** Models that were asked by promise, and what they answered. */
  #asked = new Map<Embedder, MaybePromise<Float32Array | null>>();
  #embedders = new Set<Embedder>();

  constructor(text: string, intent: string, clock: Clock, signal: AbortSignal) {
    this.text = text;
    this.intent = intent.trim() === "" ? "" : intent;
    this.terms = withIntent(analyzeQuery(text), this.intent);
    this.#clock = clock;
    this.#signal = signal;
  }

  /** The query's vector for an index of this model; null when the model knows none of its words. */
  vectorFor(embedder: Embedder, index: SearchIndex): MaybePromise<Float32Array | null> {
    this.#embedders.add(embedder);
    const asked = this.#asked.get(embedder);
    if (asked !== undefined) return asked;
    if (embedder.embedQuerySync !== undefined) return this.#embedNow(embedder, index);
    const answer = this.#embedLater(embedder).then((vector) => {
      this.#asked.set(embedder, vector);
      return vector;
    });
    this.#asked.set(embedder, answer);
    return answer;
  }

  /**
   * True when a search for `text` gives what this one gives: the same words in the same order, whatever their case, the
   * punctuation and the white space around them, analysed to the same terms and, by models that answer at once, embedded
   * to the same vector. A model that answers by promise is not asked again.
   */
  says(text: string): boolean {
    if (text === this.text) return true;
    if (normalizedText(text) !== normalizedText(this.text)) return false;
    const terms = withIntent(analyzeQuery(text), this.intent);
    if (terms.length !== this.terms.length) return false;
    if (!terms.every(({ term, weight }, i) => term === this.terms[i]?.term && weight === this.terms[i]?.weight))
      return false;
    for (const embedder of this.#embedders) {
      if (
        embedder.embedQuerySync !== undefined &&
        !sameVector(embedder.embedQuerySync(text), embedder.embedQuerySync(this.text))
      )
        return false;
    }
    return true;
  }

  #embedNow(embedder: Embedder, index: SearchIndex): Float32Array | null {
    const start = this.#clock.monotonic();
    const wordWeights = (word: string) => index.words.wordWeight(word);
    const options = index.words.documentCount === 0 ? {} : { wordWeights };
    const embed = (text: string) => embedder.embedQuerySync?.(text, options) ?? null;
    try {
      const vectors = this.intent === "" ? [embed(this.text)] : [embed(this.text), embed(this.intent)];
      checkVectors(embedder, vectors, vectors.length);
      return mixed(vectors);
    } catch (error) {
      throw failureOf(embedder, error);
    } finally {
      this.embedMs += this.#clock.monotonic() - start;
    }
  }

  async #embedLater(embedder: Embedder): Promise<Float32Array | null> {
    const start = this.#clock.monotonic();
    try {
      const texts = this.intent === "" ? [this.text] : [this.text, this.intent];
      const vectors = await embedder.embed(texts, { kind: "query", signal: this.#signal });
      checkVectors(embedder, vectors, texts.length);
      return mixed(vectors);
    } catch (error) {
      throw failureOf(embedder, error);
    } finally {
      this.embedMs = Math.max(this.embedMs, this.#clock.monotonic() - start);
    }
  }
}

/** The terms of the query, then those of the intent at a lower weight. */
function withIntent(terms: QueryTerm[], intent: string): QueryTerm[] {
  if (intent === "") return terms;
  const weights = new Map(terms.map(({ term, weight }) => [term, weight]));
  for (const { term, weight } of analyzeQuery(intent))
    weights.set(term, (weights.get(term) ?? 0) + weight * INTENT_WEIGHT);
  return Array.from(weights, ([term, weight]) => ({ term, weight }));
}

/** query + INTENT_WEIGHT x intent, of length 1. */
function mixed([query = null, intent = null]: readonly (Float32Array | null)[]): Float32Array | null {
  if (intent === null) return query;
  if (query === null) return intent;
  const sum = query.map((value, i) => value + INTENT_WEIGHT * (intent[i] as number));
  let squares = 0;
  for (const value of sum) squares += value * value;
  return squares > 0 ? sum.map((value) => value / Math.sqrt(squares)) : query;
}

function sameVector(a: Float32Array | null, b: Float32Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function failureOf(embedder: Embedder, error: unknown): unknown {
  if (SottoError.isInstance(error)) return error;
  return new EmbeddingFailedError(embedder.id, error instanceof Error ? error.message : String(error));
}
