const CANDIDATES = [",", ";", "\t", "|", "^", "~", "\u001f", "\u0001", "¦", ":"];
const SAMPLE_LINES = 50;

/** The delimiter that Excel's first line names, `sep=;`, and the text without that line. */
export function namedDelimiter(text: string): { delimiter: string; rest: string } | undefined {
  const [, delimiter] = /^sep=(.)(?:\n|$)/i.exec(text) ?? [];
  if (delimiter === undefined) return undefined;
  // An empty line in its place keeps the numbers of the lines.
  return { delimiter, rest: `\n${text.slice(`sep=${delimiter}\n`.length)}` };
}

/** The delimiter that cuts most lines into the same number of cells; a comma when none cuts any. */
export function findDelimiter(text: string): string {
  const lines = withoutQuoted(text.slice(0, 100_000))
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, SAMPLE_LINES);
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of CANDIDATES) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    if (delimiter === ":" && counts[0] === 0) continue;
    const { value, times } = mostFrequent(counts.filter((count) => count > 0));
    if (value === 0) continue;
    const score = times / lines.length + Math.min(value, 50) / 1_000 + (counts[0] === value ? 0.1 : 0);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function mostFrequent(counts: readonly number[]): { value: number; times: number } {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  let best = { value: 0, times: 0 };
  for (const [value, n] of times) if (n > best.times) best = { value, times: n };
  return best;
}

/** Without what stands in quotes, where they are closed on their line. */
function withoutQuoted(text: string): string {
  return text.replace(/"[^"\n]*"/g, "");
}
