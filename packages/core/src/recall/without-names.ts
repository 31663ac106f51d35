import type { Question } from "../engine/index.ts";

const LETTERS = /[\p{L}\p{N}]+/gu;
/** Shorter ones are initials, and words of many languages. */
const SHORTEST_NAME = 2;

/** What looks like a person's name: a user id often does not. */
const NAME = /^[\p{L}\p{M}][\p{L}\p{M} .'\u2019-]*$/u;

/** The words of names, lower case: `Ann-Marie O'Neil` is `ann`, `marie`, `neil`. None of what is no name: `customer-42`. */
export function nameWords(names: readonly string[]): ReadonlySet<string> {
  const words = names
    .filter((name) => NAME.test(name))
    .flatMap((name) => name.normalize("NFC").toLowerCase().match(LETTERS) ?? []);
  return new Set(words.filter((word) => word.length >= SHORTEST_NAME));
}

/** A question as it is embedded by a model in which names drown the rest. A part that is nothing but names stays as it is. */
export function questionWithoutNames(question: Question, names: ReadonlySet<string>): Question {
  if (names.size === 0) return question;
  const stripped = <Part extends { text: string }>(part: Part): Part => ({
    ...part,
    text: withoutNames(part.text, names),
  });
  return { ...question, whole: stripped(question.whole), sentences: question.sentences.map(stripped) };
}

function withoutNames(text: string, names: ReadonlySet<string>): string {
  const left = text.replace(/[\p{L}\p{N}]+(?:['\u2019]s\b)?/gu, (word) =>
    names.has(
      word
        .normalize("NFC")
        .toLowerCase()
        .replace(/['\u2019]s$/, ""),
    )
      ? ""
      : word,
  );
  return left.match(LETTERS) === null ? text : left.replace(/ {2,}/g, " ").trim();
}
