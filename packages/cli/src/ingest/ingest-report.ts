import type { LeftOut, SkippedFile } from "@sotto/loaders";

/** What an ingest did; `sotto ingest --json` prints it. */
export interface IngestReport {
  index: string;
  files: {
    /** Files that can be loaded; each is one of added, changed, unchanged, empty or failed unless interrupted. */
    found: number;
    added: number;
    changed: number;
    unchanged: number;
    /** Files without any text. */
    empty: number;
    failed: number;
    /** Files whose documents were deleted because the file is gone. */
    pruned: number;
    /** Files in the folders of types that are not loaded, and links that lead out of them. */
    skipped: number;
  };
  documents: { written: number; deleted: number };
  /** Letters and digits of the files that were loaded, and how many of them are in their documents. */
  chars: { in: number; kept: number };
  failures: { source: string; error: string }[];
  /** Names of the files without any text. */
  empty: string[];
  skipped: SkippedFile[];
  /** What was left out of the files that were loaded, with its place and why; the first 1,000 entries. */
  leftOut: ({ source: string } & LeftOut)[];
  /** Entries of `leftOut` beyond those. */
  moreLeftOut: number;
  /** The index afterwards. */
  indexNow: { docCount: number; chunkCount: number; version: number };
  interrupted: boolean;
  tookMs: number;
}

export function newReport(index: string): IngestReport {
  return {
    index,
    files: { found: 0, added: 0, changed: 0, unchanged: 0, empty: 0, failed: 0, pruned: 0, skipped: 0 },
    documents: { written: 0, deleted: 0 },
    chars: { in: 0, kept: 0 },
    failures: [],
    empty: [],
    skipped: [],
    leftOut: [],
    moreLeftOut: 0,
    indexNow: { docCount: 0, chunkCount: 0, version: 0 },
    interrupted: false,
    tookMs: 0,
  };
}

const MOST_LEFT_OUT = 1_000;

/** Enters what was left out of one file. */
export function enterLeftOut(report: IngestReport, source: string, entries: readonly LeftOut[]): void {
  for (const entry of entries) {
    if (report.leftOut.length < MOST_LEFT_OUT) report.leftOut.push({ source, ...entry });
    else report.moreLeftOut++;
  }
}
