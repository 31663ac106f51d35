import { ITEMS_A_STEP, type Steps } from "../../steps.ts";
import { detached } from "./detached.ts";
import { numbersIn } from "./numbers-in.ts";

/** Strings as bytes: all in one UTF-8 text, and the length of each in UTF-16 units (uint32, little-endian). */
export function* encodeStrings(strings: readonly string[]): Steps<[utf8: Uint8Array, lengths: Uint8Array]> {
  const lengths = new Uint32Array(strings.length);
  const texts: string[] = [];
  for (let start = 0; start < strings.length; start += ITEMS_A_STEP) {
    if (start > 0) yield;
    const some = strings.slice(start, start + ITEMS_A_STEP);
    for (let i = 0; i < some.length; i++) lengths[start + i] = (some[i] as string).length;
    texts.push(some.join(""));
  }
  return [new TextEncoder().encode(texts.join("")), new Uint8Array(lengths.buffer)];
}

/** The reverse, each string in memory of its own; undefined when the two parts do not fit together. */
export function* decodeStrings(utf8: Uint8Array, lengthBytes: Uint8Array): Steps<string[] | undefined> {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8);
  const lengths = numbersIn(lengthBytes, Uint32Array);
  const strings: string[] = [];
  let end = 0;
  for (let i = 0; i < lengths.length; i++) {
    if (i > 0 && i % ITEMS_A_STEP === 0) yield;
    const start = end;
    end += lengths[i] as number;
    strings.push(detached(text.slice(start, end)));
  }
  return end === text.length ? strings : undefined;
}
