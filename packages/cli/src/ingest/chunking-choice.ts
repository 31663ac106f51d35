import type { ChunkingOptions } from "@sotto/core";
import type { SourceType } from "../loaders/loader.ts";

export interface ChunkingChoice {
  /** Default: `heading` for Markdown and HTML, `sentence` for everything else. */
  by?: "heading" | "sentence" | "size" | "none";
  maxChars?: number;
  overlapChars?: number;
}

/** How the files of one type are cut; undefined when they are not. */
export function chunkingFor(type: SourceType, choice: ChunkingChoice): ChunkingOptions | undefined {
  const by = choice.by ?? (type === "markdown" || type === "html" ? "heading" : "sentence");
  if (by === "none") return undefined;
  return {
    by,
    ...(choice.maxChars === undefined ? {} : { maxChars: choice.maxChars }),
    ...(choice.overlapChars === undefined ? {} : { overlapChars: choice.overlapChars }),
  };
}
