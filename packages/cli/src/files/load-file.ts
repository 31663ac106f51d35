import { basename } from "node:path";
import type { Document, Metadata } from "@sotto/core";
import { defaultLimits } from "@sotto/core";
import type { LoadedPart, RecordOptions } from "../loaders/loader.ts";
import { cleanMetadata } from "../records/clean-metadata.ts";
import type { SourceFile } from "./source-file.ts";
import { splitLongText } from "./split-long-text.ts";

export interface LoadFileOptions extends RecordOptions {
  /** Put on every document, over what the file says. */
  metadata?: Metadata;
}

/**
 * Loads one file. Ids are the file's name in the index, with `:<row, id or page>` behind it for a file of several
 * documents. Metadata: what the file says, then `source`, `title`, `type`, `contentHash`, and `parts` (how many
 * documents the file has, when there are several). A file without any text gives no documents.
 */
export async function loadFile(
  file: SourceFile,
  bytes: Uint8Array,
  hash: string,
  options: LoadFileOptions = {},
): Promise<Document[]> {
  const loaded = await file.loader.load({ name: basename(file.path), bytes }, options);
  const parts = loaded.flatMap((part) => splitLongText(part)).filter((part) => part.text.trim() !== "");
  return parts.map(
    (part): Document => ({
      id: part.key === undefined ? file.source : `${file.source}:${part.key}`,
      text: part.text,
      metadata: {
        ...cleanMetadata(part.metadata ?? {}),
        ...options.metadata,
        source: file.source,
        title: titleOf(part, file),
        type: file.loader.type,
        contentHash: hash,
        ...(parts.length > 1 ? { parts: parts.length } : {}),
      },
    }),
  );
}

function titleOf(part: LoadedPart, file: SourceFile): string {
  return (part.title ?? basename(file.path)).slice(0, defaultLimits.metadataValueChars);
}
