import type { ChunkingOptions } from "./chunking-options.ts";
import { resolveChunking } from "./chunking-options.ts";
import { markdownSections, type Section } from "./markdown-sections.ts";
import { overlapSpans, type Piece, packSpans } from "./pack-spans.ts";
import { lengthOf, type Span, trim } from "./span.ts";
import { type Block, splitBlocks, splitItems } from "./split-blocks.ts";
import { splitLines, splitSentences, splitSize } from "./split-span.ts";

export interface Chunk {
  text: string;
  /** 0-based number in its document. */
  position: number;
}

/** A longer heading is cut in the path, and stands in full in the text of its section. */
const LONGEST_HEADING_IN_PATH = 120;
const halfPair = /[\uD800-\uDBFF]$/;

/**
 * Cuts a text into chunks of at most `maxChars`; white space at their ends is dropped, nothing else is lost.
 *
 * - `heading`: one chunk or more for each Markdown section, with the path of its headings (`Install > Linux`) and an empty
 *   line in front, which replace the heading's own line and come on top of `maxChars`: at most six headings of 120
 *   characters. A long section is cut at paragraphs, tables, lists and code blocks, then at rows, items or sentences, then
 *   anywhere.
 * - `sentence`: as many whole sentences, rows and items as fit.
 * - `size`: as many whole words as fit.
 *
 * By heading and by sentence, a chunk that begins within a table has the table's header in front, one that begins within a
 * list the line that announces it, as long as that is no more than half of `maxChars`.
 *
 * A blank text is one chunk. Throws `argument.invalid` for options out of range.
 *
 * @example
 * chunkDocument("# Install\n## Linux\nRun it.", { by: "heading" }); // [{ text: "Install > Linux\n\nRun it.", position: 0 }]
 */
export function chunkDocument(text: string, options: ChunkingOptions): Chunk[] {
  const { by, maxChars, overlapChars } = resolveChunking(options);
  const budget = maxChars - overlapChars;
  const cut = (pieces: readonly Piece[]) => overlapSpans(text, packSpans(text, pieces, budget), overlapChars);
  const whole = { start: 0, end: text.length };
  let texts: string[];
  if (by === "heading") texts = byHeading(text, (body) => cut(markdownPieces(text, body, budget)));
  else texts = textsOf(text, cut(by === "size" ? splitSize(text, whole, budget) : markdownPieces(text, whole, budget)));
  if (texts.length === 0) texts = [text];
  return texts.map((chunk, position) => ({ text: chunk, position }));
}

function byHeading(text: string, cut: (body: Span) => Piece[]): string[] {
  const sections = markdownSections(text);
  return sections.flatMap((section, n) => {
    const { heading, parents, start, body } = section;
    const path = [...parents, heading]
      .filter((part) => part !== "")
      .map(shortened)
      .join(" > ");
    const isLong = heading.length > LONGEST_HEADING_IN_PATH;
    const bodies = textsOf(text, cut(isLong ? { start, end: body.end } : body));
    if (bodies.length > 0) return path === "" ? bodies : bodies.map((part) => `${path}\n\n${part}`);
    return path === "" || isInPathOf(sections[n + 1], section) ? [] : [path];
  });
}

/** A heading without text needs no chunk when the next section's path names it. */
function isInPathOf(next: Section | undefined, section: Section): boolean {
  return next !== undefined && next.level > section.level;
}

function shortened(heading: string): string {
  if (heading.length <= LONGEST_HEADING_IN_PATH) return heading;
  return `${heading.slice(0, LONGEST_HEADING_IN_PATH - 1).replace(halfPair, "")}…`;
}

/** Blocks, and the parts of those that do not fit. */
function markdownPieces(text: string, body: Span, maxChars: number): Piece[] {
  return splitBlocks(text, body).flatMap((block): Piece[] => {
    const lead = block.lead !== undefined && lengthOf(block.lead) < maxChars / 2 ? { lead: block.lead } : {};
    const room = block.lead === undefined ? maxChars : maxChars - ("lead" in lead ? lengthOf(block.lead) + 1 : 0);
    if (lengthOf(trim(text, block)) <= room) return [{ start: block.start, end: block.end, ...lead }];
    return blockParts(text, block, room).map((part) => ({ ...part, ...lead }));
  });
}

function blockParts(text: string, block: Block, maxChars: number): Span[] {
  if (block.kind === "prose") return sentencePieces(text, block, maxChars);
  if (block.kind === "lines") return fitting(text, splitLines(text, block), maxChars);
  return splitItems(text, block).flatMap((item) =>
    lengthOf(trim(text, item)) <= maxChars ? [item] : sentencePieces(text, item, maxChars),
  );
}

/** Sentences; one that is too long is cut at its line ends first. */
function sentencePieces(text: string, span: Span, maxChars: number): Span[] {
  return splitSentences(text, span).flatMap((sentence) =>
    lengthOf(trim(text, sentence)) <= maxChars ? [sentence] : fitting(text, splitLines(text, sentence), maxChars),
  );
}

function fitting(text: string, pieces: readonly Span[], maxChars: number): Span[] {
  return pieces.flatMap((piece) => splitSize(text, piece, maxChars));
}

function textsOf(text: string, pieces: readonly Piece[]): string[] {
  return pieces.map(({ start, end, lead }) => {
    const own = text.slice(start, end);
    return lead === undefined ? own : `${text.slice(lead.start, lead.end).trimEnd()}\n${own}`;
  });
}
