import { closesFence, type Fence, openFence } from "./fence.ts";
import type { Span } from "./span.ts";
import { splitLines } from "./split-span.ts";

export interface Block extends Span {
  /** Code and tables are cut at line ends only, prose at sentences. */
  readonly kind: "prose" | "lines";
}

/** Paragraphs, fenced code and tables of a piece of Markdown, in order; blank lines lie between them. */
export function splitBlocks(text: string, span: Span): Block[] {
  const blocks: Block[] = [];
  let open: { start: number; end: number; fence: Fence | undefined; table: boolean } | undefined;
  const close = () => {
    if (open !== undefined)
      blocks.push({ start: open.start, end: open.end, kind: open.fence || open.table ? "lines" : "prose" });
    open = undefined;
  };
  for (const { start, end } of splitLines(text, span)) {
    const line = text.slice(start, end).trimEnd();
    if (open?.fence !== undefined) {
      open.end = end;
      if (closesFence(line, open.fence)) close();
      continue;
    }
    const fence = openFence(line);
    const table = line.trimStart().startsWith("|");
    if (line.trim() === "" || fence !== undefined || (open !== undefined && open.table !== table)) close();
    if (line.trim() === "") continue;
    if (open === undefined) open = { start, end, fence, table };
    else open.end = end;
  }
  close();
  return blocks;
}
