import type { IngestReport } from "../ingest/ingest-report.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Failures on stderr, counts on stdout. */
export function ingestSummary(report: IngestReport, terminal: Terminal, { quiet }: { quiet: boolean }): void {
  const { red, yellow } = terminal.errColors;
  for (const { source, error } of report.failures) terminal.err(`${red("failed")} ${source}: ${error}`);
  if (report.interrupted) terminal.err(yellow("Stopped. What was written is kept; the same command continues."));
  if (quiet) return;
  const { bold, dim } = terminal.outColors;
  const { files, documents, indexNow } = report;
  const counts = Object.entries(files)
    .filter(([what, count]) => count > 0 && what !== "found" && what !== "otherTypes")
    .map(([what, count]) => `${count} ${what}`);
  terminal.out(
    `${bold(report.index)}  ${plural(files.found, "file")}${counts.length > 0 ? `: ${counts.join(", ")}` : ""}`,
  );
  if (files.otherTypes > 0) terminal.out(dim(`${plural(files.otherTypes, "file")} of other types passed over`));
  terminal.out(
    `${plural(documents.written, "document")} written, ${documents.deleted} deleted; the index holds ${plural(indexNow.docCount, "document")} in ${plural(indexNow.chunkCount, "chunk")} ${dim(`(${(report.tookMs / 1_000).toFixed(1)} s)`)}`,
  );
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
