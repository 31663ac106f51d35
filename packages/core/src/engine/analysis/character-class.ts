/** What a UTF-16 unit can be in a text. */
export const CharacterClass = { unknown: 0, word: 1, connector: 2, other: 3, surrogate: 4, symbol: 5 } as const;

/** Joins two words when it stands between them: `node_modules`, `a@b.com`, `2026-11-21`, `https://a/b?c=d`, `can't`. */
const CONNECTORS = "-_./:@'’‐,+&#~%=?\\";

const wordCharacter = /[\p{L}\p{N}\p{M}]/u;
/** Emoji, and signs that are shown as one. */
const pictograph = /\p{Extended_Pictographic}/u;
const classes = new Uint8Array(65_536);
for (const connector of CONNECTORS) classes[connector.charCodeAt(0)] = CharacterClass.connector;
for (let code = 0xd800; code <= 0xdfff; code++) classes[code] = CharacterClass.surrogate;

/** The class of the UTF-16 unit at `position`; the second half of a pair has the class of the pair. NaN-safe at the end. */
export function classAt(text: string, position: number): number {
  const code = text.charCodeAt(position);
  const known = classes[code];
  if (known === CharacterClass.unknown) return classify(code);
  if (known === CharacterClass.surrogate) return classifyPair(text, position, code);
  return known ?? CharacterClass.other;
}

function classify(code: number): number {
  const found = classOf(String.fromCharCode(code));
  classes[code] = found;
  return found;
}

function classifyPair(text: string, position: number, code: number): number {
  const start = code >= 0xdc00 ? position - 1 : position;
  const character = String.fromCodePoint(text.codePointAt(Math.max(start, 0)) ?? 0);
  return classOf(character);
}

function classOf(character: string): number {
  if (wordCharacter.test(character)) return CharacterClass.word;
  return pictograph.test(character) ? CharacterClass.symbol : CharacterClass.other;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
