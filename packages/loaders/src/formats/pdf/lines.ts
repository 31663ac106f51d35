/** A run of text as the PDF draws it; places in points from the lower left corner. */
export interface TextRun {
  text: string;
  x: number;
  y: number;
  width: number;
  /** Of the font. */
  size: number;
}

/** Runs next to each other, without a gap. */
export interface Segment {
  text: string;
  left: number;
  right: number;
}

export interface Line {
  segments: Segment[];
  y: number;
  size: number;
}

/** A gap of more font sizes than this parts two segments. */
const SEGMENT_GAP = 1.2;
/** A gap of more than this is a space, where the PDF has none. */
const SPACE_GAP = 0.15;

/** The lines of a page from top to bottom, each cut where a gap is. */
export function linesOf(runs: readonly TextRun[]): Line[] {
  const sorted = runs.filter(({ text }) => text.trim() !== "").sort((a, b) => b.y - a.y || a.x - b.x);
  const rows: TextRun[][] = [];
  for (const run of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && first.y - run.y < Math.max(first.size, run.size) * 0.4)
      row.push(run);
    else rows.push([run]);
  }
  return rows.map(lineOf);
}

function lineOf(runs: TextRun[]): Line {
  runs.sort((a, b) => a.x - b.x);
  const size = runs.reduce((most, run) => Math.max(most, run.size), 1);
  const segments: Segment[] = [];
  for (const { text, x, width, size: own } of runs) {
    const last = segments.at(-1);
    const gap = last === undefined ? Number.POSITIVE_INFINITY : x - last.right;
    if (last === undefined || gap > SEGMENT_GAP * own) segments.push({ text, left: x, right: x + width });
    else {
      const spaced = gap > SPACE_GAP * own && !last.text.endsWith(" ") && !text.startsWith(" ");
      last.text += (spaced ? " " : "") + text;
      last.right = Math.max(last.right, x + width);
    }
  }
  return {
    segments: segments.map((each) => ({ ...each, text: each.text.replace(/\s+/g, " ").trim() })),
    y: runs[0]?.y ?? 0,
    size,
  };
}

export function leftOf({ segments }: Line): number {
  return segments[0]?.left ?? 0;
}

export function rightOf({ segments }: Line): number {
  return segments.at(-1)?.right ?? 0;
}

export function textOfLine({ segments }: Line): string {
  return segments.map(({ text }) => text).join(" ");
}
