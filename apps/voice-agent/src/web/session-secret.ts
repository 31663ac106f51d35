import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../settings.ts";

/** `SESSION_SECRET`, else one that is made once and kept beside the store, so that callers are known after a restart. */
export async function sessionSecret(settings: Settings): Promise<string> {
  if (settings.SESSION_SECRET !== "") return settings.SESSION_SECRET;
  const file = join(settings.SOTTO_STORE, "session-secret");
  await mkdir(settings.SOTTO_STORE, { recursive: true });
  // `wx`: the first process to come makes it, every other one reads it.
  await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
  return readFile(file, "utf8");
}
