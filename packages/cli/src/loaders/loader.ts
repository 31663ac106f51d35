/** The kinds of files that can be loaded. */
export type SourceType = "markdown" | "text" | "html" | "pdf" | "json" | "jsonl" | "csv";

/** One file as it lies on disk. */
export interface LoaderInput {
  /** Base name, for example `faq.csv`. */
  name: string;
  bytes: Uint8Array;
}

/** How the rows of JSON, JSONL and CSV files become documents. */
export interface RecordOptions {
  /** Fields whose values are the text, joined by line breaks. Default: detected, see `textOfRecord`. */
  textFields?: readonly string[];
  /** Field whose value names a row. Default: `id`, `_id`, `key` or `slug` when every row has a different one. */
  idField?: string;
}

/** One document of a file: the whole file, a page or a row. */
export interface LoadedPart {
  /** What names the part within its file (a row's id or number, a page); none for a file that is one document. */
  key?: string;
  text: string;
  title?: string;
  /** Values of any kind; what metadata cannot hold is left out later. */
  metadata?: Readonly<Record<string, unknown>>;
}

/** Reads one kind of file. Throws an `Error` that says what is wrong with the file. */
export interface Loader {
  readonly type: SourceType;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  load(input: LoaderInput, options: RecordOptions): LoadedPart[] | Promise<LoadedPart[]>;
}
