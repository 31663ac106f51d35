import type { Clock } from "../clock.ts";
import type { Embedder, Question, QuestionVectors, SearchIndex } from "../engine/index.ts";
import { normalizedText, QueryEmbedding, understand } from "../engine/index.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import { INTENT_WEIGHT } from "./recall-defaults.ts";

/** What is searched for: analysed once, embedded once a model (once an index where the model weighs words). */
export class RecallQuery {
  readonly text: string;
  readonly intent: string;
  /** What is searched for: without fillers, by sentences where there are several, with the words of the intent. */
  readonly question: Question;
  readonly #embedding: QueryEmbedding;

  constructor(text: string, intent: string, clock: Clock, signal: AbortSignal) {
    this.text = text;
    this.intent = intent.trim() === "" ? "" : intent;
    this.question = questionOf(text, this.intent);
    this.#embedding = new QueryEmbedding({
      question: this.question,
      intent: { text: this.intent, weight: INTENT_WEIGHT },
      clock,
      signal,
    });
  }

  /** Milliseconds spent embedding, once it has happened. */
  get embedMs(): number {
    return this.#embedding.ms;
  }
  set embedMs(ms: number) {
    this.#embedding.ms = ms;
  }

  /** The question's vectors for an index of this model; null where the model knows none of the words. */
  vectorsFor(embedder: Embedder, index: SearchIndex): MaybePromise<QuestionVectors> {
    return this.#embedding.vectorsFor(embedder, index.words);
  }

  /**
   * True when a search for `text` gives what this one gives: the same words in the same order, whatever their case, the
   * punctuation and the white space around them, analysed to the same terms and, by models that answer at once, embedded
   * to the same vector. A model that answers by promise is not asked again.
   */
  says(text: string): boolean {
    if (text === this.text) return true;
    if (normalizedText(text) !== normalizedText(this.text)) return false;
    if (!sameQuestion(questionOf(text, this.intent), this.question)) return false;
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

function questionOf(text: string, intent: string): Question {
  return understand(text, intent === "" ? {} : { also: { text: intent, weight: INTENT_WEIGHT } });
}

function sameQuestion(one: Question, other: Question): boolean {
  const terms = ({ whole, sentences }: Question) => JSON.stringify([whole, ...sentences].map((part) => part.terms));
  return terms(one) === terms(other);
}

function sameVector(a: Float32Array | null, b: Float32Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
