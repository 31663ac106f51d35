import type { Recall, RecallSource } from "@sotto/core";
import type { Recalled } from "../agent/answer.ts";
import { printable } from "../terminal/printable.ts";
import { type Screen, snippet } from "../terminal/screen.ts";
import type { Command } from "./command.ts";

const SNIPPET_CHARS = 70;

/** What the model was shown for the last answer: lane, score, where from, and how long each search took. */
export const whyCommand: Command = {
  name: "why",
  description: "what was recalled for the last answer, with lane and score",
  run({ conversation: { last }, screen }) {
    if (last === undefined) {
      screen.line("There is no answer yet.");
      return;
    }
    screen.line(`Recalled for ${JSON.stringify(snippet(printable(last.question), SNIPPET_CHARS))}`);
    if (last.recalled.length === 0) screen.line("  nothing: memory was not searched");
    for (const recalled of last.recalled) showRecalled(recalled, screen);
  },
};

function showRecalled({ by, recall }: Recalled, screen: Screen): void {
  const { bold, cyan, dim, green } = screen.colors;
  const { trace, sources } = recall;
  screen.line(
    `  ${bold(by)} ${dim(`${JSON.stringify(snippet(printable(trace.query), 50))}, ${trace.tookMs.toFixed(1)} ms`)}`,
  );
  for (const source of sources) {
    const { where, text } = describe(source, recall);
    const score = source.lane === "profile" ? "  -  " : source.score.toFixed(3);
    screen.line(`    ${cyan(source.lane.padEnd(9))} ${green(score)}  ${printable(where)}`);
    screen.line(dim(`                     ${snippet(printable(text), SNIPPET_CHARS)}`));
  }
  if (sources.length === 0) screen.line(dim("    nothing"));
  for (const [lane, { status, error }] of Object.entries(trace.lanes)) {
    if (status === "late" || status === "failed" || status === "aborted")
      screen.line(`    ${lane.padEnd(9)} ${status}${error === undefined ? "" : `: ${printable(error)}`}`);
  }
}

function describe(source: RecallSource, recall: Recall): { where: string; text: string } {
  if (source.lane === "profile") return { where: "profile", text: recall.profile?.summary ?? "" };
  const entry = recall[source.lane].find(({ id }) => id === source.id);
  const day = entry?.at === undefined ? undefined : new Date(entry.at).toISOString().slice(0, 10);
  const where =
    source.lane === "org"
      ? `${source.index}/${source.parentId ?? source.id}${source.title === undefined ? "" : ` (${source.title})`}`
      : [day, entry?.speaker].filter(Boolean).join(", ");
  return { where, text: entry?.text ?? "" };
}
