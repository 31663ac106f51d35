import { isSpaceAt, lengthOf, type Span, trim } from "./span.ts";

/** A part of a text, with what a chunk that begins with it needs in front. */
export interface Piece extends Span {
  readonly lead?: Span;
}

/**
 * Joins neighbours as long as they fit into `maxChars` together, with the lead of the first where it does not hold that
 * itself. Each piece fits by itself; blank ones go.
 */
export function packSpans(text: string, pieces: readonly Piece[], maxChars: number): Piece[] {
  const packed: Piece[] = [];
  for (const piece of pieces) {
    const span = trim(text, piece);
    if (lengthOf(span) === 0) continue;
    const next: Piece = needsLead(piece) ? { ...span, lead: piece.lead } : span;
    const last = packed.at(-1);
    if (last !== undefined && next.end - last.start + leadLength(last) <= maxChars)
      packed[packed.length - 1] = { ...last, end: next.end };
    else packed.push(next);
  }
  return packed;
}

function needsLead(piece: Piece): piece is Piece & { lead: Span } {
  return piece.lead !== undefined && piece.start >= piece.lead.end;
}

/** With the line end behind it. */
export function leadLength({ lead }: Piece): number {
  return lead === undefined ? 0 : lengthOf(lead) + 1;
}

/** Begins each span but the first up to `overlapChars` earlier, at a word's beginning, within the one before it. */
export function overlapSpans(text: string, spans: readonly Piece[], overlapChars: number): Piece[] {
  return spans.map((span, n) => {
    const before = spans[n - 1];
    if (before === undefined || overlapChars === 0) return span;
    let start = Math.max(before.start + 1, span.start - overlapChars);
    while (start < before.end && !(isSpaceAt(text, start - 1) && !isSpaceAt(text, start))) start++;
    return start < before.end ? { ...span, start } : span;
  });
}
