import type { SourceType } from "../source-type.ts";

/**
 * Why something is not in the documents, or not as it was meant.
 *
 * - Damage: `bad row`, `bad line` (skipped), `bad bytes` (replaced by `�`, or read in another encoding),
 *   `read as written` (broken quotes or markup, kept as literal text).
 * - By design: `comment`, `hidden`, `script`, `navigation` (menus, cookie bars and the like), `form` (choices and
 *   controls), `deleted` (tracked changes), `embedded` (pictures and attachments that no loader reads), `repeated` (the
 *   same line on every page).
 * - `no text`: a row, page or part without any. `scan`: a page that is a picture. `too many`: over a limit of metadata.
 * - `lost`: read, and not found again in the documents. It should never be there: please report the file.
 */
export type LeftOutReason =
  | "bad row"
  | "bad line"
  | "bad bytes"
  | "read as written"
  | "comment"
  | "hidden"
  | "script"
  | "navigation"
  | "form"
  | "deleted"
  | "embedded"
  | "repeated"
  | "no text"
  | "scan"
  | "too many"
  | "lost";

export interface LeftOut {
  /** Where: `row 3`, `line 12`, `page 2`, `price.csv, row 4` for a file within the file. */
  place: string;
  reason: LeftOutReason;
  /** Letters and digits that it holds. */
  chars: number;
  /** More about it: `4 columns instead of 3`. Never the text itself. */
  what?: string;
  /** How many places this entry stands for, when they are not named one by one. */
  count?: number;
}

/** What became of one file. */
export interface LoadReport {
  type: SourceType;
  /** How its text was read; missing for files that are no text. */
  encoding?: string;
  documents: number;
  /** Letters and digits that the file holds, markup not counted. */
  charsIn: number;
  /** How many of them are in the documents' texts, titles and metadata. */
  charsKept: number;
  /** How many are not; `leftOut` says which and why. `charsIn = charsKept + charsLeftOut`. */
  charsLeftOut: number;
  leftOut: LeftOut[];
  /** Whether the file gave no document. */
  empty: boolean;
}
