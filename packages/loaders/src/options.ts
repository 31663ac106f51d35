import type { Metadata } from "@sotto/core";
import type { LoadLimits } from "./limits.ts";
import type { SourceType } from "./source-type.ts";

/** How one file becomes documents. */
export interface LoadOptions {
  /** What the file is. Default: by its name, else by its first bytes. */
  type?: SourceType;
  /** Its name in ids and metadata (`source`). Default: the path's last part; `document` for bytes. */
  name?: string;
  /**
   * The encoding of a text file, as the WHATWG names it (`windows-1252`, `shift_jis`). Default: a byte order mark, else
   * what the file declares (HTML, XML), else UTF-8 if it is that, else it is found out.
   */
  encoding?: string;
  /** Refuse a file with a damaged row, line, quote or byte, instead of leaving that out and naming it. Default false. */
  strict?: boolean;
  /** Records: fields whose values are the text, joined by line breaks. Default: found out, and all others after it. */
  textFields?: readonly string[];
  /** Records: field whose value names a row. Default: `id`, `_id`, `key` or `slug` when every row has a different one. */
  idField?: string;
  /** Put on every document, over what the file says. */
  metadata?: Metadata;
  limits?: Partial<LoadLimits>;
  /** Put on every document as `contentHash`. Default: a hash of the bytes and of these options. */
  contentHash?: string;
}
