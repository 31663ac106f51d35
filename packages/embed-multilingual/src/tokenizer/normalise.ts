import { type Charsmap, longestReplaced, type Replaced } from "./charsmap.ts";

/** U+2581, the mark of a space, in UTF-8. */
export const SPACE_MARK = [0xe2, 0x96, 0x81] as const;

const SPACE = 0x20;

/**
 * A text as the model was trained on: characters replaced by the charsmap (compatibility forms, full width, controls and
 * exotic white space), runs of spaces made one, none at the ends, and a mark before the first word and between words.
 * Answers UTF-8; empty for a text of nothing but space. Stops after about `mostBytes`.
 */
export function normalise(charsmap: Charsmap, text: string, mostBytes: number): Uint8Array {
  // No text of more characters is needed, but for those that are left out; and a pair of surrogates is not parted.
  const input = new TextEncoder().encode(text.length > 16 * mostBytes ? text.slice(0, 16 * mostBytes) : text);
  const output = new NormalisedText();
  const found: Replaced = { length: 0, start: 0 };
  for (let at = 0; at < input.length && output.length < mostBytes; ) {
    longestReplaced(charsmap, input, at, found);
    if (found.length > 0) {
      output.add(charsmap.replacements, found.start, charsmap.replacements.indexOf(0, found.start));
      at += found.length;
    } else {
      const next = at + charBytes(input[at] as number);
      output.add(input, at, next);
      at = next;
    }
  }
  return output.trimmed();
}

/** Bytes of the UTF-8 character that begins with this one. */
export function charBytes(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

class NormalisedText {
  length = 0;
  #bytes = new Uint8Array(256);
  #afterSpace = true;

  constructor() {
    this.#mark();
  }

  /** Bytes `start` to `end` of `from`; spaces at its beginning are left out where one stands before. */
  add(from: Uint8Array, start: number, end: number): void {
    while (this.#afterSpace && start < end && from[start] === SPACE) start++;
    if (start >= end) return;
    this.#afterSpace = from[end - 1] === SPACE;
    for (let i = start; i < end; i++) {
      const byte = from[i] as number;
      if (byte === SPACE) this.#mark();
      else this.#push(byte);
    }
  }

  /** What was added, without marks at its end. */
  trimmed(): Uint8Array {
    let end = this.length;
    while (end >= 3 && SPACE_MARK.every((byte, i) => this.#bytes[end - 3 + i] === byte)) end -= 3;
    return this.#bytes.subarray(0, end);
  }

  #mark(): void {
    for (const byte of SPACE_MARK) this.#push(byte);
  }

  #push(byte: number): void {
    if (this.length === this.#bytes.length) {
      const longer = new Uint8Array(2 * this.length);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.length++] = byte;
  }
}
