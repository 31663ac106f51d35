import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders: string[] = [];

/** A new empty folder; `removeTemporaryFolders` removes them all. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sotto-storage-"));
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
