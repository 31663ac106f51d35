import { closesFence, type Fence, openFence } from "./fence.ts";
import type { Span } from "./span.ts";
import { splitLines } from "./split-span.ts";

/** A heading with the text up to the next one. */
export interface Section {
  /** 1 to 6; 0 for what stands before the first heading. */
  readonly level: number;
  readonly heading: string;
  /** Headings above this one, outermost first. */
  readonly parents: readonly string[];
  /** Where the heading's line begins. */
  readonly start: number;
  readonly body: Span;
}

const atx = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const closingMarks = /(?:^|[ \t])#+$/;
const underline = /^ {0,3}(={2,}|-{2,})[ \t]*$/;
/** Lines that are no paragraph, so that `---` below them is a rule: lists, quotes, tables, indented code. */
const notParagraph = /^(?:\s*(?:[-*+>|]|\d+[.)])(?:\s|$)|\s*\||\t| {4})/;
const frontMatterEnd = /^(?:---|\.\.\.)$/;

interface Heading {
  level: number;
  text: string;
  start: number;
  bodyStart: number;
}

/** Cuts Markdown at ATX and setext headings (CommonMark 4.2, 4.3), not inside fenced code or front matter. */
export function markdownSections(text: string): Section[] {
  const headings = findHeadings(text);
  const sections: Section[] = [];
  const path: { level: number; text: string }[] = [];
  for (const [n, { level, text: heading, start, bodyStart }] of headings.entries()) {
    while ((path.at(-1)?.level ?? -1) >= level) path.pop();
    const parents = path.map((above) => above.text).filter((above) => above !== "");
    const end = headings[n + 1]?.start ?? text.length;
    sections.push({ level, heading, parents, start, body: { start: bodyStart, end } });
    path.push({ level, text: heading });
  }
  return sections;
}

/** The headings in order, after a first one of level 0 for the beginning of the text. */
function findHeadings(text: string): Heading[] {
  const headings: Heading[] = [{ level: 0, text: "", start: 0, bodyStart: 0 }];
  let fence: Fence | undefined;
  let paragraphStart: number | undefined;
  const lines = splitLines(text, { start: 0, end: text.length });
  for (const { start, end } of lines.slice(frontMatterLines(text, lines))) {
    const line = text.slice(start, end).trimEnd();
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      continue;
    }
    fence = openFence(line);
    const marks = atx.exec(line)?.[1];
    if (fence !== undefined || line === "") paragraphStart = undefined;
    else if (marks !== undefined) {
      headings.push({ level: marks.length, text: atxText(line), start, bodyStart: end });
      paragraphStart = undefined;
    } else if (paragraphStart !== undefined && underline.test(line)) {
      const heading = text.slice(paragraphStart, start).trim().replace(/\s+/g, " ");
      headings.push({ level: line.includes("=") ? 1 : 2, text: heading, start: paragraphStart, bodyStart: end });
      paragraphStart = undefined;
    } else if (notParagraph.test(line)) paragraphStart = undefined;
    else paragraphStart ??= start;
  }
  return headings;
}

function atxText(line: string): string {
  return line.replace(atx, "").trim().replace(closingMarks, "").trim();
}

/** How many lines the YAML front matter takes, 0 when there is none. */
function frontMatterLines(text: string, lines: readonly Span[]): number {
  const lineAt = (n: number) => text.slice(lines[n]?.start ?? 0, lines[n]?.end ?? 0).trimEnd();
  if (lines.length === 0 || lineAt(0) !== "---") return 0;
  for (let n = 1; n < lines.length; n++) if (frontMatterEnd.test(lineAt(n))) return n + 1;
  return 0;
}
