import { isSpaceAt, lengthOf, type Span, trim } from "./span.ts";

/** Joins neighbours as long as they fit into `maxChars` together. Each piece fits by itself; blank ones go. */
export function packSpans(text: string, pieces: readonly Span[], maxChars: number): Span[] {
  const packed: Span[] = [];
  for (const piece of pieces) {
    const next = trim(text, piece);
    if (lengthOf(next) === 0) continue;
    const last = packed.at(-1);
    if (last !== undefined && next.end - last.start <= maxChars)
      packed[packed.length - 1] = { start: last.start, end: next.end };
    else packed.push(next);
  }
  return packed;
}

/** Begins each span but the first up to `overlapChars` earlier, at a word's beginning, within the one before it. */
export function overlapSpans(text: string, spans: readonly Span[], overlapChars: number): Span[] {
  return spans.map((span, n) => {
    const before = spans[n - 1];
    if (before === undefined || overlapChars === 0) return span;
    let start = Math.max(before.start + 1, span.start - overlapChars);
    while (start < before.end && !(isSpaceAt(text, start - 1) && !isSpaceAt(text, start))) start++;
    return start < before.end ? { start, end: span.end } : span;
  });
}
