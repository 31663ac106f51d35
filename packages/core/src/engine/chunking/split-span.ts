import { isSpaceAt, lengthOf, type Span, trim } from "./span.ts";

const sentenceSegmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });

/** A line that is shorter ends where its author ended it. */
const WRAPPED_LINE = 40;
const sentenceEnd = /[.!?:;\u2026\u3002\uff01\uff1f]["'\u201d\u2019)\]]*$/u;
const continuation = /^\p{Ll}/u;
const ownLine = /^(?:[-*+>#|]|\d{1,9}[.)]|[\p{L}\p{N}_. -]{1,40}:)\s/u;

/** Sentences, by Unicode's rules. A line end ends one too, unless the sentence only goes on in the next line. */
export function splitSentences(text: string, { start, end }: Span): Span[] {
  const spans: Span[] = [];
  for (const { index, segment } of sentenceSegmenter.segment(unwrapped(text.slice(start, end)))) {
    spans.push({ start: start + index, end: start + index + segment.length });
  }
  return spans;
}

/** The text, of the same length, with a space for each line end within a sentence. */
function unwrapped(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line, n) => {
      const next = lines[n + 1];
      if (next === undefined) return line;
      return line + (isWrapped(line.trimEnd(), next.trimStart()) ? " " : "\n");
    })
    .join("");
}

function isWrapped(line: string, next: string): boolean {
  if (line === "" || next === "" || sentenceEnd.test(line.slice(-4)) || ownLine.test(next.slice(0, 45))) return false;
  return continuation.test(next) || line.length >= WRAPPED_LINE;
}

export function splitLines(text: string, { start, end }: Span): Span[] {
  const spans: Span[] = [];
  for (let at = start; at < end; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    spans.push({ start: at, end: next });
    at = next;
  }
  return spans;
}

/**
 * Pieces of at most `maxChars`: cut at the last white space in the second half of each, at any character where there is
 * none, never inside a surrogate pair.
 */
export function splitSize(text: string, span: Span, maxChars: number): Span[] {
  const spans: Span[] = [];
  let rest = trim(text, span);
  while (lengthOf(rest) > maxChars) {
    const cut = cutBefore(text, rest.start, maxChars);
    spans.push({ start: rest.start, end: cut });
    rest = trim(text, { start: cut, end: rest.end });
  }
  spans.push(rest);
  return spans;
}

function cutBefore(text: string, start: number, maxChars: number): number {
  const end = start + maxChars;
  for (let at = end; at > start + maxChars / 2; at--) if (isSpaceAt(text, at)) return at;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
