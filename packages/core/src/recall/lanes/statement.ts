import { analyze, sameWords } from "../../engine/index.ts";
import { answersNothing, asksOnly } from "../../session/index.ts";
import { ASKED_AGAIN_WEIGHT, ASKS_ONLY_WEIGHT } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallEntry } from "../recall-types.ts";

/** Words that may come and go without changing what is said. */
const LIGHT = new Set(`a an the am is are be been has have having just really very please so well`.split(" "));

/** What is read from a text when entries are compared; each part once, when it is asked for. */
export class Statement {
  readonly text: string;
  /** The same words in the same order, whatever stands between. */
  #words: string | undefined;
  #gist: string | undefined;
  #terms: readonly string[] | undefined;
  #asksOnly: boolean | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get words(): string {
    this.#words ??= sameWords(this.text);
    return this.#words;
  }
  /** The words but for articles, auxiliaries and the like. */
  get gist(): string {
    this.#gist ??= this.words
      .split(" ")
      .filter((word) => !LIGHT.has(word))
      .join(" ");
    return this.#gist;
  }
  /** What is searched for, in order, without stop words. */
  get terms(): readonly string[] {
    this.#terms ??= analyze(this.text).flatMap(({ text, stopWord }) => (stopWord ? [] : [text]));
    return this.#terms;
  }
  /** Whether it says, of what was asked, only that it does not know. */
  get answersNothing(): boolean {
    return answersNothing(this.text);
  }
  /** Whether it asks for all of these terms. */
  asks(terms: ReadonlySet<string>): boolean {
    if (terms.size === 0) return false;
    const own = new Set(this.terms);
    return [...terms].every((term) => own.has(term));
  }
  /**
   * What its score counts, in (0, 1]: less where it only asks, or where the agent says of what was asked only that it does not
   * know; least where that is what the query asks. `answers`: the question that it answers.
   */
  weight(of: { role: "user" | "assistant"; answers?: string | undefined; query: ReadonlySet<string> }): number {
    const isNoAnswer = of.role === "assistant" && this.answersNothing;
    if (!this.asksOnly && !isNoAnswer) return 1;
    const question = isNoAnswer && of.answers !== undefined ? new Statement(of.answers) : this;
    return question.asks(of.query) ? ASKED_AGAIN_WEIGHT : ASKS_ONLY_WEIGHT;
  }
  get asksOnly(): boolean {
    this.#asksOnly ??= asksOnly(this.text);
    return this.#asksOnly;
  }
}

/** What is searched for, where the query only asks; empty where it states something itself. */
export function askedTerms(query: RecallQuery): ReadonlySet<string> {
  return new Set(asksOnly(query.text) ? query.question.whole.terms().map(({ term }) => term) : []);
}

const statements = new WeakMap<RecallEntry, Statement>();

/** What an entry states: of an answer that is shown with its question, the answer alone. */
export function statementOf(entry: RecallEntry): Statement {
  const known = statements.get(entry) ?? new Statement(entry.said ?? entry.text);
  statements.set(entry, known);
  return known;
}

/** Keeps what is known of an entry's text. */
export function keepStatement(entry: RecallEntry, statement: Statement): RecallEntry {
  statements.set(entry, statement);
  return entry;
}
