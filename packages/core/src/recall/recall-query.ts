import type { Clock } from "../clock.ts";
import type { Embedder, SearchIndex } from "../engine/index.ts";
import { analyzeQuery, normalizedText, QueryEmbedding, type QueryTerm } from "../engine/index.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import { INTENT_WEIGHT } from "./recall-defaults.ts";

/** What is searched for: analysed once, embedded once a model (once an index where the model weighs words). */
export class RecallQuery {
  readonly text: string;
  readonly intent: string;
  readonly terms: readonly QueryTerm[];
  readonly #embedding: QueryEmbedding;

  constructor(text: string, intent: string, clock: Clock, signal: AbortSignal) {
    this.text = text;
    this.intent = intent.trim() === "" ? "" : intent;
    this.terms = withIntent(analyzeQuery(text), this.intent);
    this.#embedding = new QueryEmbedding({ text, intent: { text: this.intent, weight: INTENT_WEIGHT }, clock, signal });
  }

  /** Milliseconds spent embedding, once it has happened. */
  get embedMs(): number {
    return this.#embedding.ms;
  }
  set embedMs(ms: number) {
    this.#embedding.ms = ms;
  }

  /** The query's vector for an index of this model; null when the model knows none of its words. */
  vectorFor(embedder: Embedder, index: SearchIndex): MaybePromise<Float32Array | null> {
    return this.#embedding.vectorFor(embedder, index.words);
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
    for (const embedder of this.#embedding.embedders) {
      if (
        embedder.embedQuerySync !== undefined &&
        !sameVector(embedder.embedQuerySync(text), embedder.embedQuerySync(this.text))
      )
        return false;
    }
    return true;
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

function sameVector(a: Float32Array | null, b: Float32Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
