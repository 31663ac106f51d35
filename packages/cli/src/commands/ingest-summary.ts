import { extname } from "node:path";
import type { IngestReport } from "../ingest/ingest-report.ts";
import { printable } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Failures on stderr, counts on stdout. */
export function ingestSummary(report: IngestReport, terminal: Terminal, { quiet }: { quiet: boolean }): void {
  const { red, yellow } = terminal.errColors;
  for (const { source, error } of report.failures)
    terminal.err(`${red("failed")} ${printable(source)}: ${printable(error)}`);
  if (report.interrupted) terminal.err(yellow("Stopped. What was written is kept; the same command continues."));
  if (quiet) return;
  const { bold, dim } = terminal.outColors;
  const { files, documents, indexNow } = report;
  const counts = Object.entries(files)
    .filter(([what, count]) => count > 0 && what !== "found" && what !== "skipped")
    .map(([what, count]) => `${count} ${what}`);
  terminal.out(
    `${bold(report.index)}  ${plural(files.found, "file")}${counts.length > 0 ? `: ${counts.join(", ")}` : ""}`,
  );
  for (const line of [...skippedLines(report.skipped), ...leftOutLines(report)]) terminal.out(dim(printable(line)));
  terminal.out(
    `${plural(documents.written, "document")} written, ${documents.deleted} deleted; the index holds ${plural(indexNow.docCount, "document")} in ${plural(indexNow.chunkCount, "chunk")} ${dim(`(${(report.tookMs / 1_000).toFixed(1)} s)`)}`,
  );
}

/** What is named of one kind before the rest is only counted. */
const MOST_NAMES = 5;

function skippedLines(skipped: IngestReport["skipped"]): string[] {
  const links = skipped.filter(({ why }) => why === "link").map(({ source }) => source);
  const byKind = Map.groupBy(
    skipped.filter(({ why }) => why === "type"),
    ({ source }) => extname(source).toLowerCase() || "no extension",
  );
  return [
    ...[...byKind].map(([kind, files]) => `not loaded, ${kind}: ${named(files.map(({ source }) => source))}`),
    ...(links.length > 0 ? [`not followed, links out of the folder (--follow-links): ${named(links)}`] : []),
  ];
}

/** One line for each file and reason. */
function leftOutLines({ leftOut, moreLeftOut, empty }: IngestReport): string[] {
  const groups = Map.groupBy(leftOut, ({ source, reason }) => `${source}, ${reason}`);
  const lines = [...groups].map(([group, entries]) => {
    const places = entries
      .map(({ place, what }) => [place, what].filter((each) => each).join(": "))
      .filter((place) => place !== "");
    const chars = entries.reduce((sum, entry) => sum + entry.chars, 0);
    const size = chars > 0 ? ` (${plural(chars, "character")})` : "";
    return `${group}${size}${places.length > 0 ? `: ${named(places)}` : ""}`;
  });
  const shown = lines.slice(0, MOST_LINES).map((line) => `left out of ${line}`);
  const rest = lines.length - shown.length + moreLeftOut;
  return [
    ...(empty.length > 0 ? [`no text in ${named(empty)}`] : []),
    ...shown,
    ...(rest > 0 ? [`… and ${rest.toLocaleString("en-US")} more; --json has them all`] : []),
  ];
}

const MOST_LINES = 20;

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
