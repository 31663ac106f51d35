import type { Clock } from "../clock.ts";
import type {
  Embedder,
  LateQuery,
  Question,
  QuestionVectors,
  SearchIndex,
  TokenStates,
  WeighedWords,
} from "../engine/index.ts";
import { normalizedText, QueryEmbedding, stopWords, understand } from "../engine/index.ts";
import { after, type MaybePromise } from "../maybe-promise.ts";
import { INTENT_WEIGHT, LATE_SHARE } from "./recall-defaults.ts";
import { nameWords, questionWithoutNames } from "./without-names.ts";

/** A question as a conversation is searched for it. */
export interface SpokenQuestion extends QuestionVectors {
  readonly late?: LateQuery;
}

/** What is searched for: analysed once, embedded once a model (once an index where the model weighs words). */
export class RecallQuery {
  readonly text: string;
  readonly intent: string;
  /** What is searched for: without fillers, by sentences where there are several, with the words of the intent. */
  readonly question: Question;
  readonly #embedding: QueryEmbedding;
  readonly #isWhole: boolean;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** By names: what is asked of models in which those drown the rest. */
  readonly #nameless = new Map<string, QueryEmbedding>();
  /** By names and model: the tokens, or that they cannot be had. */
  readonly #late = new Map<string, MaybePromise<LateQuery | undefined>>();

  /** `searched`: what of the text is searched for, where that is not all of it. */
  constructor(text: string, intent: string, clock: Clock, signal: AbortSignal, searched = text) {
    this.text = text;
    this.intent = intent.trim() === "" ? "" : intent;
    this.#isWhole = searched === text;
    this.question = questionOf(searched, this.intent);
    this.#clock = clock;
    this.#signal = signal;
    this.#embedding = this.#embeddingOf(this.question);
  }

  #embeddingOf(question: Question): QueryEmbedding {
    return new QueryEmbedding({
      question,
      intent: { text: this.intent, weight: INTENT_WEIGHT },
      clock: this.#clock,
      signal: this.#signal,
    });
  }

  /** Milliseconds spent embedding, once it has happened. */
  get embedMs(): number {
    return Math.max(this.#embedding.ms, ...Array.from(this.#nameless.values(), ({ ms }) => ms));
  }
  set embedMs(ms: number) {
    this.#embedding.ms = ms;
  }

  /** The question's vectors for an index of this model; null where the model knows none of the words. */
  vectorsFor(embedder: Embedder, index: { readonly words: WeighedWords }): MaybePromise<QuestionVectors> {
    return this.#embedding.vectorsFor(embedder, index.words);
  }

  /**
   * The same for a conversation between people of these names, without which some models are asked (`embedsNames`); and the
   * question's tokens, of models that give them: without them, where they fail.
   */
  spokenFor(embedder: Embedder, index: SearchIndex, names: () => readonly string[]): MaybePromise<SpokenQuestion> {
    if (embedder.embedsNames !== false && embedder.tokens === undefined) return this.vectorsFor(embedder, index);
    const known = nameWords(names());
    const key = [...known].sort().join(" ");
    const asked = embedder.embedsNames === false && known.size > 0 ? this.#namelessFor(key, known) : this.#embedding;
    const vectors = asked.vectorsFor(embedder, index.words);
    if (embedder.tokens === undefined || index.tokens === undefined) return vectors;
    const late = this.#lateFor(embedder, embedder.tokens, key, known);
    const both = (ready: QuestionVectors, tokens: LateQuery | undefined): SpokenQuestion =>
      tokens === undefined ? ready : { ...ready, late: tokens };
    return after(vectors, (ready) => after(late, (tokens) => both(ready, tokens)));
  }

  #namelessFor(key: string, names: ReadonlySet<string>): QueryEmbedding {
    let embedding = this.#nameless.get(key);
    if (embedding === undefined) {
      embedding = this.#embeddingOf(questionWithoutNames(this.question, names));
      this.#nameless.set(key, embedding);
    }
    return embedding;
  }

  #lateFor(
    embedder: Embedder,
    states: TokenStates,
    names: string,
    known: ReadonlySet<string>,
  ): MaybePromise<LateQuery | undefined> {
    const key = `${states.id}\u0000${names}`;
    const asked = this.#late.get(key);
    if (asked !== undefined) return asked;
    const question = embedder.embedsNames === false ? questionWithoutNames(this.question, known) : this.question;
    const late = states
      .embedQuery(question.whole.text, {
        ignore: (word) => stopWords.has(word) || known.has(word),
        signal: this.#signal,
      })
      .then(
        ({ tokens }): LateQuery | undefined =>
          tokens.length === 0 ? undefined : { tokens, calibration: states.calibration, share: LATE_SHARE },
        () => undefined,
      )
      .then((ready) => {
        this.#late.set(key, ready);
        return ready;
      });
    this.#late.set(key, late);
    return late;
  }

  /**
   * True when a search for `text` gives what this one gives: the same words in the same order, whatever their case, the
   * punctuation and the white space around them, analysed to the same terms and, by models that answer at once, embedded
   * to the same vector. A model that answers by promise is not asked again.
   */
  says(text: string): boolean {
    if (text === this.text) return true;
    if (!this.#isWhole) return false;
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
  const terms = ({ whole, sentences }: Question) => JSON.stringify([whole, ...sentences].map((part) => part.terms()));
  return terms(one) === terms(other);
}

function sameVector(a: Float32Array | null, b: Float32Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
