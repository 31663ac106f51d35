import type { ChunkingOptions } from "./chunking-options.ts";
import { resolveChunking } from "./chunking-options.ts";
import { markdownSections, type Section } from "./markdown-sections.ts";
import { overlapSpans, packSpans } from "./pack-spans.ts";
import { lengthOf, type Span, trim } from "./span.ts";
import { splitBlocks } from "./split-blocks.ts";
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
 *   characters. A long section is cut at paragraphs, tables and code blocks, then at lines or sentences, then anywhere.
 * - `sentence`: as many whole sentences as fit.
 * - `size`: as many whole words as fit.
 *
 * A blank text is one chunk. Throws `argument.invalid` for options out of range.
 *
 * @example
 * chunkDocument("# Install\n## Linux\nRun it.", { by: "heading" }); // [{ text: "Install > Linux\n\nRun it.", position: 0 }]
 */
export function chunkDocument(text: string, options: ChunkingOptions): Chunk[] {
  const { by, maxChars, overlapChars } = resolveChunking(options);
  const budget = maxChars - overlapChars;
  const cut = (pieces: readonly Span[]) => overlapSpans(text, packSpans(text, pieces, budget), overlapChars);
  const whole = { start: 0, end: text.length };
  let texts: string[];
  if (by === "heading") texts = byHeading(text, (body) => cut(markdownPieces(text, body, budget)));
  else texts = textsOf(text, cut(by === "size" ? splitSize(text, whole, budget) : sentencePieces(text, whole, budget)));
  if (texts.length === 0) texts = [text];
  return texts.map((chunk, position) => ({ text: chunk, position }));
}

function byHeading(text: string, cut: (body: Span) => Span[]): string[] {
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
function markdownPieces(text: string, body: Span, maxChars: number): Span[] {
  return splitBlocks(text, body).flatMap((block) => {
    if (lengthOf(trim(text, block)) <= maxChars) return [block];
    return block.kind === "lines"
      ? fitting(text, splitLines(text, block), maxChars)
      : sentencePieces(text, block, maxChars);
  });
}

function sentencePieces(text: string, span: Span, maxChars: number): Span[] {
  return fitting(text, splitSentences(text, span), maxChars);
}

function fitting(text: string, pieces: readonly Span[], maxChars: number): Span[] {
  return pieces.flatMap((piece) => splitSize(text, piece, maxChars));
}

function textsOf(text: string, spans: readonly Span[]): string[] {
  return spans.map(({ start, end }) => text.slice(start, end));
}
