import { CharacterClass, classAt, isDigit } from "./character-class.ts";

const COLON = 58;
const COMMA = 44;
const HASH = 35;
const MINUS = 45;
const PLUS = 43;
const SLASH = 47;
const TRUE_MINUS = 0x2212;

/**
 * Calls `visit(start, end)` for each chunk of `text`: words and what joins them without a space, so `SKU-4471-B`,
 * `jane@example.com`, `https://example.com/a` and `$49.99` (without the sign) are one chunk each. `C++` and `C#` keep
 * their signs.
 */
export function findChunks(text: string, visit: (start: number, end: number) => void): void {
  const length = text.length;
  let position = 0;
  while (position < length) {
    const first = classAt(text, position);
    if (first === CharacterClass.symbol) {
      const end = position + (isHighSurrogate(text.charCodeAt(position)) ? 2 : 1);
      visit(position, end);
      position = end;
      continue;
    }
    if (first !== CharacterClass.word) {
      position++;
      continue;
    }
    const start = position - signBefore(text, position);
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
    const end = position - start <= 2 ? withSign(text, start, position) : position;
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

/** 1 where a minus belongs to a number: nothing stands before it but white space, a bracket or a comparison. */
function signBefore(text: string, position: number): number {
  if (!isDigit(text.charCodeAt(position))) return 0;
  const sign = text.charCodeAt(position - 1);
  if (sign !== MINUS && sign !== TRUE_MINUS) return 0;
  return position === 1 || " \t\n([{<>=:;,".includes(text.charAt(position - 2)) ? 1 : 0;
}

/** `C++`, `C#`, `F#`, `A+`, `AB-`: the sign belongs to a name of one or two letters that nothing follows. */
function withSign(text: string, start: number, position: number): number {
  const code = text.charCodeAt(position);
  let end = position;
  if (code === HASH) end = position + 1;
  else if (code === PLUS) end = position + (text.charCodeAt(position + 1) === PLUS ? 2 : 1);
  else if (code === MINUS && isCapital(text, start, position)) end = position + 1;
  const next = classAt(text, end);
  return next === CharacterClass.word || (next === CharacterClass.connector && text.charCodeAt(end) === MINUS)
    ? position
    : end;
}

function isCapital(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 65 || code > 90) return false;
  }
  return true;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}
