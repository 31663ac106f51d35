import type { Source } from "../source.ts";
import type { SourceType } from "../source-type.ts";

/** One document of a file: the whole file, a page, a row, a turn. */
export interface LoadedPart {
  /** What names the part within its file (a row's id or number, a page); none for a file that is one document. */
  key?: string;
  text: string;
  title?: string;
  /** Values of any kind; what metadata cannot hold is left out of it, and named unless it is in the text. */
  metadata?: Readonly<Record<string, unknown>>;
  /** Dotted names of the metadata that is in the text as well, and so needs no room in it. */
  written?: ReadonlySet<string>;
}

/** Reads one kind of file. Throws a `LoadError` that says what is wrong with it. */
export interface Loader {
  readonly type: SourceType;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  load(source: Source): LoadedPart[] | Promise<LoadedPart[]>;
}
