import type { Sotto } from "@sotto/core";
import type { SourceFile } from "@sotto/loaders";
import type { IngestReport } from "./ingest-report.ts";
import type { StoredFiles } from "./stored-files.ts";

/**
 * Deletes the documents of files that the index holds and that were not found, with all that the store ever held of them,
 * and answers how many files. With a prefix only files under that prefix are looked at. A file that was found but could not be loaded is not gone.
 */
export async function prune(
  sotto: Sotto,
  stored: StoredFiles,
  files: readonly SourceFile[],
  { index, prefix = "" }: { index: string; prefix?: string },
  report: IngestReport,
): Promise<number> {
  const found = new Set(files.map((file) => file.source));
  const gone = [...stored].filter(([source]) => source.startsWith(prefix) && !found.has(source));
  const ids = gone.flatMap(([, file]) => [...file.documents.keys()]);
  if (ids.length > 0) await sotto.deleteDocs(index, ids, { erase: true });
  report.documents.deleted += ids.length;
  return gone.length;
}
