import type { ChunkingOptions } from "@sotto/core";
import type { SourceType } from "@sotto/loaders";

export interface ChunkingChoice {
  /** Default: `heading` for what has headings (Markdown, HTML, documents, slides, books), else `sentence`. */
  by?: "heading" | "sentence" | "size" | "none";
  maxChars?: number;
  overlapChars?: number;
}

const WITH_HEADINGS: ReadonlySet<SourceType> = new Set(["markdown", "html", "docx", "pptx", "epub", "eml", "msg"]);

/** How the files of one type are cut; undefined when they are not. */
export function chunkingFor(type: SourceType, choice: ChunkingChoice): ChunkingOptions | undefined {
  const by = choice.by ?? (WITH_HEADINGS.has(type) ? "heading" : "sentence");
  if (by === "none") return undefined;
  return {
    by,
    ...(choice.maxChars === undefined ? {} : { maxChars: choice.maxChars }),
    ...(choice.overlapChars === undefined ? {} : { overlapChars: choice.overlapChars }),
  };
}
