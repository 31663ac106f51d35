import type { Line, Segment } from "./lines.ts";
import { leftOf, rightOf } from "./lines.ts";

/** Lines on both sides of a gutter, at least, for a page to be in columns. */
const LEAST_LINES = 4;
/** Characters of the middle line of a column: shorter ones are cells of a table. */
const LEAST_CHARS = 16;
/** Share of the lines that may run across the gutter, such as titles. */
const MOST_ACROSS = 0.4;

/**
 * The lines in the order they are read: of a page in two columns or more the left one first, band by band between lines
 * that run across. Each group is read by itself.
 */
export function inColumns(lines: readonly Line[]): Line[][] {
  const gutter = findGutter(lines);
  if (gutter === undefined) return lines.length === 0 ? [] : [[...lines]];
  const groups: Line[][] = [];
  let left: Line[] = [];
  let right: Line[] = [];
  const flush = () => {
    for (const side of [left, right]) if (side.length > 0) groups.push(...inColumns(side));
    left = [];
    right = [];
  };
  for (const line of lines) {
    if (line.segments.some((segment) => crosses(segment, gutter))) {
      flush();
      const last = groups.at(-1);
      const isNext = last?.some((each) => each.segments.some((segment) => crosses(segment, gutter)));
      if (isNext === true) last?.push(line);
      else groups.push([line]);
      continue;
    }
    const sides = [
      line.segments.filter((each) => each.right <= gutter),
      line.segments.filter((each) => each.left >= gutter),
    ];
    if (sides[0] !== undefined && sides[0].length > 0) left.push({ ...line, segments: sides[0] });
    if (sides[1] !== undefined && sides[1].length > 0) right.push({ ...line, segments: sides[1] });
  }
  flush();
  return groups;
}

/** Where two columns meet; undefined for a page without, or a table. */
function findGutter(lines: readonly Line[]): number | undefined {
  if (lines.length < LEAST_LINES) return undefined;
  const from = Math.min(...lines.map(leftOf));
  const to = Math.max(...lines.map(rightOf));
  let best: { at: number; across: number } | undefined;
  for (let at = from + (to - from) * 0.2; at < from + (to - from) * 0.8; at += 3) {
    const across = lines.filter(({ segments }) => segments.some((segment) => crosses(segment, at))).length;
    if (across > lines.length * MOST_ACROSS || (best !== undefined && across >= best.across)) continue;
    const left = lines.flatMap(({ segments }) => segments.filter((each) => each.right <= at));
    const right = lines.flatMap(({ segments }) => segments.filter((each) => each.left >= at));
    if (isProse(left, lines.length) && isProse(right, lines.length)) best = { at, across };
  }
  return best?.at;
}

/** Whether the segments of one side are lines of a text: long, and one on each line. */
function isProse(segments: readonly Segment[], lines: number): boolean {
  if (segments.length < LEAST_LINES || segments.length > lines * 1.3) return false;
  const lengths = segments.map(({ text }) => text.length).sort((a, b) => a - b);
  return (lengths[Math.floor(lengths.length / 2)] ?? 0) >= LEAST_CHARS;
}

function crosses({ left, right }: Segment, at: number): boolean {
  return left < at && right > at;
}
