import { closesFence, type Fence, openFence } from "./fence.ts";
import { lengthOf, type Span, trim } from "./span.ts";
import { splitLines } from "./split-span.ts";

export interface Block extends Span {
  /** Code and tables are cut at line ends only, lists between their items, prose at sentences. */
  readonly kind: "prose" | "lines" | "list";
  /** What a piece of the block is not understood without: a table's header, the line that announces a list. */
  readonly lead?: Span;
}

interface OpenBlock {
  start: number;
  end: number;
  kind: "prose" | "code" | "table" | "list";
  fence?: Fence;
  lead?: Span;
}

const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;
/** A longer line announces nothing. */
const LONGEST_ANNOUNCEMENT = 200;

/** Paragraphs, lists, fenced code and tables of a piece of Markdown, in order; blank lines lie between them. */
export function splitBlocks(text: string, span: Span): Block[] {
  const blocks: Block[] = [];
  let open: OpenBlock | undefined;
  let lastLine: Span | undefined;
  const close = () => {
    if (open !== undefined) blocks.push(closed(open));
    open = undefined;
  };
  const lineText = (line: Span) => text.slice(line.start, line.end).trimEnd();
  for (const { start, end } of splitLines(text, span)) {
    const line = lineText({ start, end });
    if (open?.fence !== undefined) {
      open.end = end;
      if (closesFence(line, open.fence)) close();
      continue;
    }
    const fence = openFence(line);
    const kind = fence !== undefined ? "code" : kindOf(line, open?.kind);
    if (line.trim() === "") close();
    else if (
      open?.kind === "prose" &&
      lastLine !== undefined &&
      isDelimiterRow(line) &&
      lineText(lastLine).includes("|")
    ) {
      // A table without a bar at the beginning: its header was taken for prose.
      const header = lastLine;
      open.end = header.start;
      if (lengthOf(trim(text, open)) === 0) open = undefined;
      close();
      open = { start: header.start, end, kind: "table", lead: { start: header.start, end } };
    } else {
      if (fence !== undefined || (open !== undefined && open.kind !== kind)) close();
      if (open === undefined)
        open = { start, end, kind, ...(fence === undefined ? {} : { fence }), ...leadOf(text, kind, blocks) };
      else {
        const first: Span = { start: open.start, end: open.end };
        if (kind === "table" && open.lead === undefined && isDelimiterRow(line) && first.end === start)
          open.lead = { start: open.start, end };
        open.end = end;
      }
    }
    lastLine = line.trim() === "" ? undefined : { start, end };
  }
  close();
  return blocks;
}

function closed({ start, end, kind, lead }: OpenBlock): Block {
  const named = lead === undefined ? {} : { lead };
  if (kind === "prose" || kind === "list") return { start, end, kind, ...named };
  return { start, end, kind: "lines", ...named };
}

function kindOf(line: string, open: OpenBlock["kind"] | undefined): "prose" | "table" | "list" {
  if (line.trimStart().startsWith("|") || (open === "table" && line.includes("|"))) return "table";
  if (listItem.test(line)) return "list";
  // What is indented below an item belongs to it, and so does the rest of its sentence.
  return open === "list" ? "list" : "prose";
}

/** The announcement of a list is the line before it that ends in a colon; parts of a list share it. */
function leadOf(text: string, kind: OpenBlock["kind"], blocks: readonly Block[]): { lead?: Span } {
  const before = blocks.at(-1);
  if (kind !== "list" || before === undefined) return {};
  if (before.kind === "list") return before.lead === undefined ? {} : { lead: before.lead };
  if (before.kind !== "prose") return {};
  const own = trim(text, before);
  const start = text.lastIndexOf("\n", own.end - 1) + 1;
  const line = trim(text, { start: Math.max(start, own.start), end: own.end });
  const isAnnouncement = /[:：]$/.test(text.slice(line.start, line.end)) && lengthOf(line) <= LONGEST_ANNOUNCEMENT;
  return isAnnouncement ? { lead: line } : {};
}

/** `|---|:--|`, the line between the header of a table and its rows. */
function isDelimiterRow(line: string): boolean {
  let dashes = false;
  let bars = false;
  for (const char of line) {
    if (char === "-") dashes = true;
    else if (char === "|") bars = true;
    else if (char !== ":" && char !== " " && char !== "\t") return false;
  }
  return dashes && bars;
}

/** The items of a list, each with what belongs to it. */
export function splitItems(text: string, block: Span): Span[] {
  const items: Span[] = [];
  for (const { start, end } of splitLines(text, block)) {
    const last = items.at(-1);
    if (last === undefined || listItem.test(text.slice(start, end))) items.push({ start, end });
    else items[items.length - 1] = { start: last.start, end };
  }
  return items;
}
