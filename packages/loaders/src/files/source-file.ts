/** A file that was found. */
export interface SourceFile {
  /** Where it is. */
  path: string;
  /** Its name in the index: the prefix and the path relative to the folder that was given, with `/`. */
  source: string;
  bytes: number;
}
