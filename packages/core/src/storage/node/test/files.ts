import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every file in a folder and its folders, as a path. */
export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The files that hold a text anywhere in their bytes. */
export function filesWith(folder: string, text: string): string[] {
  return filesIn(folder).filter((file) => readFileSync(file).includes(text));
}

export function snapshotFilesIn(folder: string): string[] {
  return filesIn(join(folder, "sotto.db-snapshots"));
}
