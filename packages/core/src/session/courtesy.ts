import { normalizedText } from "../engine/index.ts";
import { answerWords, assentWords, courtesyCharacters, courtesyPhrases, courtesyWords } from "./courtesy-words.ts";

const COURTESIES = setOf(courtesyWords);
const ASSENTS = setOf(assentWords);
const PHRASES = new RegExp(
  `(?<=^| )(?:${[...courtesyPhrases].sort((a, b) => b.length - a.length).join("|")})(?= |$)`,
  "gu",
);
const CHARACTERS = new RegExp(courtesyCharacters.join("|"), "gu");
/** More words than this are no courtesy, whichever they are. */
const MOST_WORDS = 14;
/** Most characters of a text that is looked at. */
const MOST_CHARS = 120;

/**
 * What a short text is when it says nothing by itself. `courtesy`: a greeting, thanks, a farewell, an offer of help, an
 * exclamation. `acknowledgement`: okay, I see. `answer`: a yes or no, which means something after what it answers. English,
 * German, Spanish, French, Portuguese, Italian, Dutch, and the commonest of Chinese, Japanese and Korean; anything else is
 * undefined and counts as said. `names`: of those who speak, who may be greeted by them; lower case.
 */
export function courtesyOf(
  text: string,
  names: ReadonlySet<string> = new Set(),
): "courtesy" | "acknowledgement" | "answer" | undefined {
  if (text.length > MOST_CHARS) return undefined;
  const normalized = normalizedText(text);
  if (!/[\p{L}\p{N}]/u.test(normalized)) return "courtesy";
  const words = normalized
    .replace(PHRASES, " ")
    .replace(CHARACTERS, " ")
    .split(" ")
    .filter((word) => word !== "");
  if (words.length > MOST_WORDS) return undefined;
  let assents = false;
  let answers = false;
  for (const word of words) {
    if (answerWords.has(word)) answers = true;
    else if (COURTESIES.has(word) || names.has(word)) continue;
    else if (ASSENTS.has(word)) assents = true;
    else return undefined;
  }
  if (answers) return "answer";
  return assents ? "acknowledgement" : "courtesy";
}

function setOf(lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.trim().split(/\s+/u)));
}
