import type { Ledger } from "../report/ledger.ts";

/** Bytes of a well-formed UTF-8 sequence that begins at `at`; 0 where there is none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return length;
}

/** Whether a file that is not all UTF-8 is UTF-8 for its greater part. */
export function looksMixed(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at);
    if (length > 1) good++;
    if (length === 0) bad++;
    at += Math.max(1, length);
  }
  return good > bad;
}

/**
 * Decodes UTF-8 with stray bytes of another encoding in it, as logs of several programs have: each is read as
 * windows-1252, which is right more often than anything else, and its line entered in the book.
 */
export function decodeMixed(bytes: Uint8Array, ledger: Ledger): string {
  ledger.encoding = "utf-8";
  const western = new TextDecoder("windows-1252");
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  const pieces: string[] = [];
  const strayInLine = new Map<number, number>();
  let line = 1;
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at);
    if (length > 0) {
      if (bytes[at] === 0x0a) line++;
      at += length;
      continue;
    }
    pieces.push(utf8.decode(bytes.subarray(start, at)), western.decode(bytes.subarray(at, at + 1)));
    strayInLine.set(line, (strayInLine.get(line) ?? 0) + 1);
    start = ++at;
  }
  pieces.push(utf8.decode(bytes.subarray(start)));
  for (const [at, count] of strayInLine) {
    const what = `${count} ${count === 1 ? "byte is" : "bytes are"} not UTF-8, read as windows-1252`;
    ledger.leaveOut("bad bytes", `line ${at}`, "", what);
  }
  const text = pieces.join("");
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
