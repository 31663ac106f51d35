import { isQuestion, sentencesOf } from "./sentences.ts";
import { userLines } from "./transcript.ts";

/** Something that somebody said of themselves, "I live in Oslo": `key` "city", `value` "Oslo", `sentence` verbatim. */
export interface Statement {
  key: string;
  value: string;
  sentence: string;
  /** The mark of the transcript line that it stood on; undefined without one. */
  turn: string | undefined;
}

const VALUE = "(.+?)[.!]*$";
const PATTERNS: readonly [RegExp, string | undefined][] = [
  [new RegExp(`\\bmy ([\\p{L} ]{1,40}?) (?:is|are|was) (?:called |now )?${VALUE}`, "iu"), undefined],
  [new RegExp(`\\bcall me ${VALUE}`, "iu"), "name"],
  [new RegExp(`\\bI (?:now |have )?(?:just )?(?:live in|moved to|live at) ${VALUE}`, "iu"), "city"],
  [new RegExp(`\\bI (?:now )?work (?:as an?|at|for|in) ${VALUE}`, "iu"), "job"],
  [new RegExp(`\\bI(?: am|['’]m) allergic to ${VALUE}`, "iu"), "allergy"],
  [new RegExp(`\\bI(?: am|['’]m) (?:from) ${VALUE}`, "iu"), "origin"],
  [new RegExp(`\\bI (?:really )?(?:prefer|like|love) ${VALUE}`, "iu"), "preference"],
  [new RegExp(`\\bI (?:do not|don['’]t) (?:like|want) ${VALUE}`, "iu"), "dislike"],
  [new RegExp(`\\bI (?:have|own) ${VALUE}`, "iu"), "has"],
  [new RegExp(`\\bI(?: am|['’]m) (?:an? )?${VALUE}`, "iu"), "about"],
];

/** The one statement that a sentence makes, if it makes one; a question makes none. */
export function statementOf(sentence: string): Statement | undefined {
  if (isQuestion(sentence)) return undefined;
  for (const [pattern, fixedKey] of PATTERNS) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    const key = fixedKey ?? (match[1] ?? "").trim().toLowerCase().replace(/\s+/g, "_");
    const value = (fixedKey === undefined ? match[2] : match[1]) ?? "";
    return { key, value: value.trim(), sentence, turn: undefined };
  }
  return undefined;
}

/**
 * What the user says of themselves in a transcript or a plain text, in order. What the assistant says there is left out,
 * and so is what the transcript lists as known already, unless `withKnown`.
 */
export function statementsOf(text: string, { withKnown = false } = {}): Statement[] {
  const { lines, known } = userLines(text);
  return lines.flatMap(({ text, turn }) =>
    sentencesOf(text).flatMap((sentence) => {
      const statement = !withKnown && known.includes(sentence) ? undefined : statementOf(sentence);
      return statement === undefined ? [] : [{ ...statement, turn }];
    }),
  );
}

const TELLS =
  /^(?:(?:hi|hello|hey|ok|okay|yes|well|also|and|so|please)[ ,!.]+)*(?:remember|note|don['’]t forget|keep in mind|my \w+|call me|I|I['’]m)\b/i;

/** True when a text only tells something to keep in mind ("my name is …", "remember that …") and asks nothing. */
export function onlyTells(text: string): boolean {
  const sentences = sentencesOf(text);
  if (sentences.length === 0 || sentences.some(isQuestion)) return false;
  return sentences.some(
    (sentence) =>
      TELLS.test(sentence) &&
      (statementOf(sentence) !== undefined ||
        /^(please )?(remember|note|keep in mind|don['’]t forget)\b/i.test(sentence)),
  );
}
