import { styleText } from "node:util";

const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
const style = (format: Parameters<typeof styleText>[0], text: string) => (colours ? styleText(format, text) : text);

/** Set for `--json`: then stdout is the report's alone. */
export const output = { quiet: false };

export function line(text = ""): void {
  if (!output.quiet) process.stdout.write(`${text}\n`);
}
export const heading = (text: string) => line(`\n${style("bold", text)}`);
export const dim = (text: string) => style("dim", text);
export const name = (text: string) => style("cyan", text);

/** A question or a claim, whether it came out right, and a remark. */
export function outcome(ok: boolean, text: string, remark = ""): void {
  line(`  ${ok ? style("green", "✓") : style("red", "✗")} ${style("bold", text)}  ${dim(remark)}`);
}

/** The beginning of a text, on one line. */
export function snippet(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return dim(flat.length <= 110 ? flat : `${flat.slice(0, 110)}…`);
}

/** The `share` quantile of times, in milliseconds with three places. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return Math.round((sorted[at] ?? 0) * 1_000) / 1_000;
}
