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
    /** Files in the folders of types that are not loaded. */
    otherTypes: number;
  };
  documents: { written: number; deleted: number };
  failures: { source: string; error: string }[];
  /** The index afterwards. */
  indexNow: { docCount: number; chunkCount: number; version: number };
  interrupted: boolean;
  tookMs: number;
}

export function newReport(index: string): IngestReport {
  return {
    index,
    files: { found: 0, added: 0, changed: 0, unchanged: 0, empty: 0, failed: 0, pruned: 0, otherTypes: 0 },
    documents: { written: 0, deleted: 0 },
    failures: [],
    indexNow: { docCount: 0, chunkCount: 0, version: 0 },
    interrupted: false,
    tookMs: 0,
  };
}
