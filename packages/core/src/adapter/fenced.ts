import { fence, neutralize } from "../recall/index.ts";

/**
 * Stored text as a model may be shown it: one line an entry, none of which can end the fence, pass for a heading or for
 * another speaker. "" for nothing.
 */
export function fencedLines(lines: readonly string[]): string {
  const shown = lines.map((line) => neutralize(line.replace(/\s+/gu, " "))).filter((line) => line !== "");
  return shown.length === 0 ? "" : fence(shown.map((line) => `- ${line}`).join("\n"));
}
