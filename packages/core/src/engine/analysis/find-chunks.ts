import { CharacterClass, classAt, isDigit } from "./character-class.ts";

const COLON = 58;
const COMMA = 44;
const HASH = 35;
const PLUS = 43;
const SLASH = 47;

/**
 * Calls `visit(start, end)` for each chunk of `text`: words and what joins them without a space, so `SKU-4471-B`,
 * `jane@example.com`, `https://example.com/a` and `$49.99` (without the sign) are one chunk each. `C++` and `C#` keep
 * their signs.
 */
export function findChunks(text: string, visit: (start: number, end: number) => void): void {
  const length = text.length;
  let position = 0;
  while (position < length) {
    if (classAt(text, position) !== CharacterClass.word) {
      position++;
      continue;
    }
    const start = position;
    position++;
    while (position < length) {
      const found = classAt(text, position);
      if (found === CharacterClass.word) position++;
      else if (found === CharacterClass.connector) {
        const next = afterConnector(text, position);
        if (next === 0) break;
        position = next;
      } else break;
    }
    const end = position - start <= 2 ? withSign(text, position) : position;
    visit(start, end);
    position = end;
  }
}

/** Where the next word of the chunk begins, 0 when the chunk ends before this connector. */
function afterConnector(text: string, position: number): number {
  const code = text.charCodeAt(position);
  let next = position + 1;
  if (code === COLON && text.charCodeAt(next) === SLASH && text.charCodeAt(next + 1) === SLASH) next += 2;
  if (classAt(text, next) !== CharacterClass.word) return 0;
  if (code === COMMA && !(isDigit(text.charCodeAt(position - 1)) && isDigit(text.charCodeAt(next)))) return 0;
  return next;
}

/** `C++`, `C#`, `F#`: the sign belongs to a name of one or two letters that nothing follows. */
function withSign(text: string, position: number): number {
  const code = text.charCodeAt(position);
  const end = code === HASH ? position + 1 : code === PLUS && text.charCodeAt(position + 1) === PLUS ? position + 2 : 0;
  return end === 0 || classAt(text, end) === CharacterClass.word ? position : end;
}
