import { isSpaceAt, lengthOf, type Span, trim } from "./span.ts";

const sentenceSegmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });

/** Sentences, by Unicode's rules; a line end ends one too. */
export function splitSentences(text: string, { start, end }: Span): Span[] {
  const spans: Span[] = [];
  for (const { index, segment } of sentenceSegmenter.segment(text.slice(start, end))) {
    spans.push({ start: start + index, end: start + index + segment.length });
  }
  return spans;
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
