import { type Line, leftOf, rightOf, textOfLine } from "./lines.ts";

/** Lines of a table, at least. */
const LEAST_ROWS = 3;
/** Further apart than this many line heights, lines are of two paragraphs. */
const PARAGRAPH_GAP = 1.7;
/** A line that is filled to this share goes on in the next. */
const FILLED = 0.75;

/** Whether a word that is cut at a line's end is one word, `known` being the words of the whole document. */
export type Known = (word: string) => boolean;

/** A group of lines as text: paragraphs on one line each, tables as Markdown has them, words joined that were cut. */
export function writeLines(lines: readonly Line[], known: Known): string {
  const blocks: string[] = [];
  const width = Math.max(1, ...lines.map((line) => rightOf(line) - leftOf(line)));
  for (let at = 0; at < lines.length; ) {
    const rows = tableAt(lines, at);
    if (rows !== undefined) {
      blocks.push(rows.text);
      at += rows.count;
      continue;
    }
    let paragraph = "";
    for (; at < lines.length; at++) {
      const line = lines[at];
      const before = lines[at - 1];
      if (line === undefined || (paragraph !== "" && tableAt(lines, at) !== undefined)) break;
      const text = textOfLine(line);
      if (paragraph === "") paragraph = text;
      else if (before === undefined || isApart(before, line)) break;
      else if (goesOn(before, width)) paragraph = joinLines(paragraph, text, known);
      else paragraph += `\n${text}`;
    }
    if (paragraph !== "") blocks.push(paragraph);
  }
  return blocks.join("\n\n");
}

function isApart(before: Line, line: Line): boolean {
  const size = Math.max(before.size, line.size);
  return before.y - line.y > PARAGRAPH_GAP * size || Math.abs(before.size - line.size) > size * 0.15;
}

function goesOn(before: Line, width: number): boolean {
  return rightOf(before) - leftOf(before) >= width * FILLED || /[\p{L}\p{N}][-\u00AD\u2010]$/u.test(textOfLine(before));
}

/** Two lines as one; a word cut by a hyphen is put together, one that has a hyphen of its own keeps it. */
export function joinLines(above: string, below: string, known: Known): string {
  const [, start] = /([\p{L}\p{N}]+)[-\u00AD\u2010]$/u.exec(above) ?? [];
  const [end = ""] = /^[\p{L}\p{N}]+/u.exec(below) ?? [];
  if (start === undefined || end === "") return `${above} ${below}`;
  const isWord = /^\p{Ll}/u.test(end) && /\p{Ll}$/u.test(start);
  const keepsHyphen = !isWord || (!known(start + end) && known(`${start}-${end}`));
  return (keepsHyphen && !above.endsWith("\u00AD") ? above.replace(/\u2010$/, "-") : above.slice(0, -1)) + below;
}

/** The table that begins with a line: as many lines as have their segments in the same columns. */
function tableAt(lines: readonly Line[], start: number): { text: string; count: number } | undefined {
  if ((lines[start]?.segments.length ?? 0) < 2) return undefined;
  let columns: { left: number; right: number }[] = [];
  let end = start;
  for (; end < lines.length; end++) {
    const line = lines[end];
    if (line === undefined || (end > start && isFar(lines[end - 1], line))) break;
    const merged = mergeColumns(columns, line);
    if (merged === undefined || (line.segments.length < 2 && !(end > start && inOneColumn(line, columns)))) break;
    columns = merged;
  }
  const rows = lines.slice(start, end);
  if (
    rows.length < LEAST_ROWS ||
    columns.length < 2 ||
    rows.filter(({ segments }) => segments.length > 1).length < LEAST_ROWS
  )
    return undefined;
  const cells = rows.map(({ segments }) =>
    columns.map(({ left, right }) =>
      segments
        .filter((each) => each.left < right && each.right > left)
        .map(({ text }) => text.replaceAll("|", "\\|"))
        .join(" "),
    ),
  );
  const written = cells.map((row) => `| ${row.join(" | ")} |`);
  return {
    text: [written[0], `|${" --- |".repeat(columns.length)}`, ...written.slice(1)].join("\n"),
    count: rows.length,
  };
}

function isFar(before: Line | undefined, line: Line): boolean {
  return before !== undefined && before.y - line.y > 3 * Math.max(before.size, line.size);
}

/** The columns widened by a line's segments; undefined when it does not fit into them. */
function mergeColumns(columns: readonly { left: number; right: number }[], { segments }: Line) {
  let merged = [...columns];
  for (const { left, right } of segments) {
    const over = merged.filter((column) => column.left < right && column.right > left);
    if (over.length > 1) return undefined;
    const [only] = over;
    merged = merged.filter((column) => column !== only);
    merged.push({ left: Math.min(left, only?.left ?? left), right: Math.max(right, only?.right ?? right) });
  }
  merged.sort((a, b) => a.left - b.left);
  // Widened columns that run into each other are no columns.
  const collide = merged.some((column, n) => n > 0 && column.left < (merged[n - 1]?.right ?? 0));
  return collide ? undefined : merged;
}

function inOneColumn({ segments }: Line, columns: readonly { left: number; right: number }[]): boolean {
  return segments.every(({ left, right }) =>
    columns.some((column) => column.left <= left + 2 && column.right >= right - 2),
  );
}
