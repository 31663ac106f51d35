/** A part of a text, by UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const space = /\s/;

export function isSpaceAt(text: string, position: number): boolean {
  return space.test(text.charAt(position));
}

/** Without white space at both ends; empty when there is nothing else. */
export function trim(text: string, { start, end }: Span): Span {
  while (start < end && isSpaceAt(text, start)) start++;
  while (end > start && isSpaceAt(text, end - 1)) end--;
  return { start, end };
}

export function lengthOf(span: Span): number {
  return span.end - span.start;
}
