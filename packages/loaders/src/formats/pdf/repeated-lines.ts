import { countChars } from "../../report/words.ts";
import { type Line, textOfLine } from "./lines.ts";

/** Lines at the top and at the bottom of a page that can be repeated ones. */
const EDGE = 2;
const LEAST_PAGES = 4;
const SHARE = 0.6;

/**
 * Takes headers and footers out of all pages but the first: lines at an edge that most pages have, page numbers aside.
 * Lines of the first page stay, so that what they say is found once.
 */
export function withoutRepeated(pages: readonly (readonly Line[])[]): { lines: Line[]; repeated: Line[] }[] {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const key of new Set(edgesOf(lines).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const withText = pages.filter((lines) => lines.length > 0).length;
  const isRepeated = (line: Line) => (counts.get(keyOf(line)) ?? 0) >= Math.max(LEAST_PAGES, withText * SHARE);
  return pages.map((lines, index) => {
    if (index === 0) return { lines: [...lines], repeated: [] };
    const repeated = edgesOf(lines).filter(isRepeated);
    // A page of nothing else keeps them: they are what it says.
    if (repeated.length === lines.length) return { lines: [...lines], repeated: [] };
    return { lines: lines.filter((line) => !repeated.includes(line)), repeated };
  });
}

function edgesOf(lines: readonly Line[]): Line[] {
  return [...new Set([...lines.slice(0, EDGE), ...lines.slice(-EDGE)])];
}

/** The line without its numbers; a line of numbers alone is a page number. */
function keyOf(line: Line): string {
  const text = textOfLine(line).replace(/\d+/g, "#").toLowerCase();
  return countChars(text) === 0 ? "#" : text;
}
