import { InvalidArgumentError } from "../../errors/index.ts";
import { describeValue, isPlainObject } from "../documents/index.ts";

/** How `createIndex` and `addDocs` cut documents; the chunks of document `a` are `a#0`, `a#1`, … */
export interface ChunkingOptions {
  /** `heading` follows Markdown headings (and puts the heading path in front of each chunk), `sentence` and `size` pack up to `maxChars`. */
  by: "heading" | "sentence" | "size";
  /** Most characters in a chunk, 100 to 20,000. Default 1,200. */
  maxChars?: number;
  /** Characters repeated from the end of the chunk before, below `maxChars / 2`. Default 0; 150 for `size`. */
  overlapChars?: number;
}

const DEFAULT_MAX_CHARS = 1_200;
const MIN_MAX_CHARS = 100;
const MAX_MAX_CHARS = 20_000;
/** Default overlap of `size`, at most a quarter of a chunk. */
const DEFAULT_SIZE_OVERLAP_CHARS = 150;

const METHODS = ["heading", "sentence", "size"];

/** Fills in the defaults. Throws `argument.invalid` for anything out of range. */
export function resolveChunking(options: ChunkingOptions): Required<ChunkingOptions> {
  if (!isPlainObject(options))
    throw new InvalidArgumentError("chunking", `it must be an object, not ${describeValue(options)}`);
  const { by, maxChars = DEFAULT_MAX_CHARS } = options;
  if (!METHODS.includes(by)) {
    throw new InvalidArgumentError("chunking.by", `${JSON.stringify(by)} is none of ${METHODS.join(", ")}`);
  }
  if (!Number.isInteger(maxChars) || maxChars < MIN_MAX_CHARS || maxChars > MAX_MAX_CHARS) {
    throw new InvalidArgumentError(
      "chunking.maxChars",
      `${String(maxChars)} is not a whole number from ${MIN_MAX_CHARS} to ${MAX_MAX_CHARS}`,
    );
  }
  const defaultOverlap = by === "size" ? Math.min(DEFAULT_SIZE_OVERLAP_CHARS, Math.floor(maxChars / 4)) : 0;
  const { overlapChars = defaultOverlap } = options;
  if (!Number.isInteger(overlapChars) || overlapChars < 0 || overlapChars >= maxChars / 2) {
    throw new InvalidArgumentError(
      "chunking.overlapChars",
      `${String(overlapChars)} is not a whole number from 0 and below maxChars / 2 = ${maxChars / 2}`,
    );
  }
  return { by, maxChars, overlapChars };
}
