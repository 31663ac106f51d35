import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sotto } from "@sotto/core";

export const quiet = { warn() {}, error() {} };

/** Does `work` with a folder that is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "sotto-faults-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the bytes of a text are in any file of a store. */
export function isOnDisk(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text));
}

/** All that is exported about a user. */
export async function exported(sotto: Sotto, user: string): Promise<string> {
  let all = "";
  for await (const line of sotto.export({ user })) all += `${line}\n`;
  return all;
}
