import type { Sotto } from "@sotto/core";
import { hasCode } from "@sotto/core";

/** Ids of the documents that an index holds of one file, each with the hash of the file that it was made from. */
export interface StoredFile {
  documents: Map<string, string>;
  /** How many documents the file had when it was last loaded. */
  parts: number;
}

/** What an index holds, by file. */
export type StoredFiles = Map<string, StoredFile>;

const PAGE = 2_000;

/**
 * Reads which files, in which state, are in an index; undefined when there is no such index. Documents that were not
 * ingested from a file are passed over.
 */
export async function storedFiles(sotto: Sotto, index: string): Promise<StoredFiles | undefined> {
  const files: StoredFiles = new Map();
  try {
    for (let offset = 0; ; offset += PAGE) {
      const page = await sotto.getDocs(index, { filter: { contentHash: { $exists: true } }, limit: PAGE, offset });
      for (const { id, chunk, metadata = {} } of page) {
        const { source, contentHash, parts } = metadata;
        if (typeof source !== "string" || typeof contentHash !== "string") continue;
        const file = files.get(source) ?? { documents: new Map<string, string>(), parts: 1 };
        files.set(source, file);
        file.documents.set(chunk?.parentId ?? id, contentHash);
        if (typeof parts === "number") file.parts = parts;
      }
      if (page.length < PAGE) return files;
    }
  } catch (error) {
    if (hasCode(error, "index.not_found")) return undefined;
    throw error;
  }
}

/** Whether all of a file's documents are there, made from these very bytes. */
export function isUpToDate(stored: StoredFile | undefined, hash: string): boolean {
  if (stored === undefined) return false;
  return stored.documents.size === stored.parts && [...stored.documents.values()].every((each) => each === hash);
}
