import type { Sotto } from "@sotto/core";
import { embedderByName } from "@sotto/core/node";
import { MOST_DOCUMENT_CHARS } from "@sotto/loaders";
import { EXIT } from "../exit-code.ts";
import { ingest } from "../ingest/ingest.ts";
import type { IngestReport } from "../ingest/ingest-report.ts";
import { progressBar } from "../terminal/progress-bar.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type IngestFlags, ingestOptionsOf } from "./ingest-options.ts";
import { ingestSummary } from "./ingest-summary.ts";

/** Longer documents are possible where they are cut into chunks. */
export function limitsFor({ chunk }: IngestFlags): { documentChars?: number } {
  return chunk === "none" ? {} : { documentChars: MOST_DOCUMENT_CHARS };
}

/** Brings the paths into the index once, under a progress bar. */
export async function ingestOnce(
  sotto: Sotto,
  paths: readonly string[],
  flags: IngestFlags & { dryRun?: boolean },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<IngestReport> {
  const started = performance.now();
  const bar = progressBar(terminal, { quiet: flags.quiet === true || flags.json === true });
  try {
    // One that was asked for stays the index's own; the default may be followed by a better one.
    const named = flags.embedder === "static" || flags.dryRun ? undefined : (await embedderByName(flags.embedder)).id;
    const report = await ingest(sotto, paths, {
      ...ingestOptionsOf(flags),
      ...(named === undefined ? {} : { embedder: named }),
      onProgress: (done, total, source) => bar.update(done, total, source),
      signal,
    });
    report.files.failed = report.failures.length;
    report.tookMs = Math.round(performance.now() - started);
    return report;
  } finally {
    bar.stop();
  }
}

/** Prints the report and sets the exit code. */
export function finish(report: IngestReport, flags: IngestFlags, terminal: Terminal): void {
  if (flags.json) terminal.out(JSON.stringify(report, null, 2));
  else ingestSummary(report, terminal, { quiet: flags.quiet === true });
  if (report.interrupted) process.exitCode = EXIT.interrupted;
  else if (isIncomplete(report, flags)) process.exitCode = EXIT.incomplete;
}

/** Files that could not be loaded, and, unless it is allowed, files without text or no file at all. */
function isIncomplete({ failures, files }: IngestReport, { allowEmpty }: IngestFlags): boolean {
  return failures.length > 0 || (allowEmpty !== true && (files.empty > 0 || files.found === 0));
}
