/** What loading one file may take. Every breach is a `LoadError` that names the limit and both numbers. */
export interface LoadLimits {
  /** Bytes of the file. Default 256 MiB. */
  inputBytes: number;
  /** Bytes that a packed file (DOCX, XLSX, PPTX, EPUB, attachments) may unfold to. Default 256 MiB. */
  expandedBytes: number;
  /** Pages of a PDF, slides, chapters or sheets. Default 5,000. */
  pages: number;
  /** Columns of a table, or fields of one record. Default 10,000. */
  columns: number;
  /** Documents that one file may give. Default 1,000,000. */
  documents: number;
  /** Elements within elements: HTML, JSON, quotes in Markdown. Default 1,000. */
  nesting: number;
  /**
   * Milliseconds. `load` looks at the clock between pages, sheets and chapters; a `LoadWorker` ends loading wherever it
   * is. Default 120,000.
   */
  timeMs: number;
  /** Mebibytes that a `LoadWorker`'s thread may hold; `load` in your own thread cannot bound it. Default 1,536. */
  memoryMiB: number;
}

export const defaultLoadLimits: Readonly<LoadLimits> = Object.freeze({
  inputBytes: 268_435_456,
  expandedBytes: 268_435_456,
  pages: 5_000,
  columns: 10_000,
  documents: 1_000_000,
  nesting: 1_000,
  timeMs: 120_000,
  memoryMiB: 1_536,
});
