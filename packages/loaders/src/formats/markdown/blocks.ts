import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";

/** Everything within lines: it is not needed to know the blocks, and the only part of Markdown that takes long. */
const WITHIN_LINES = [
  "attention",
  "labelStartImage",
  "labelStartLink",
  "labelEnd",
  "autolink",
  "codeText",
  "htmlText",
  "characterReference",
  "characterEscape",
  "hardBreakEscape",
];
/** Quotes and lists within each other on one line, beyond which the parser gets slow. */
const MOST_NESTED = 100;

/** The blocks of Markdown with their places, text within them unparsed; undefined for what only looks like Markdown. */
export function parseBlocks(text: string): Root | undefined {
  if (isNestedTooDeep(text)) return undefined;
  return fromMarkdown(text, { extensions: [{ disable: { null: WITHIN_LINES } }] });
}

/** The text within a heading or paragraph, parsed whole; short ones only, see `MOST_INLINE`. */
export function parseInline(text: string): Root | undefined {
  return isSafe(text) ? fromMarkdown(text) : undefined;
}

/** Longer texts, or such of many marks, are taken as they are: parsing them can take as long as their square. */
const MOST_INLINE = 4_000;
const MARKS = /[<[\]*_`~!]/g;
const MOST_MARKS = 400;

function isSafe(text: string): boolean {
  return text.length <= MOST_INLINE && (text.match(MARKS)?.length ?? 0) <= MOST_MARKS;
}

/** Whether a line has more marks of quotes and lists before its text than people write. */
function isNestedTooDeep(text: string): boolean {
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === ">" || (LIST_MARKS.has(char) && (next === " " || next === "\t"))) {
      if (++marks > MOST_NESTED) return true;
    } else if (char !== " " && char !== "\t" && !(char >= "0" && char <= "9")) marks = 0;
  }
  return false;
}

const LIST_MARKS: ReadonlySet<string> = new Set(["-", "*", "+", ".", ")"]);

export function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

export function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0;
}
