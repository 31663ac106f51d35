import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the app. */
export const appDir = fileURLToPath(new URL("../", import.meta.url));

export interface KnowledgeBase {
  /** Folder of the store, with the index `support`. */
  store: string;
  remove(): void;
}

/** A store of its own, filled by the app's own script (`npm run ingest`). */
export function ingestKnowledge(): KnowledgeBase {
  const folder = mkdtempSync(join(tmpdir(), "sotto-support-agent-"));
  const store = join(folder, "store");
  execFileSync(process.execPath, ["--run", "ingest", "--", "--quiet", "--store", store], { cwd: appDir });
  return { store, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
