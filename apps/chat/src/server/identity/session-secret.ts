import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../settings.ts";

/** `SESSION_SECRET`, else one that is made once and kept beside the store, so that users are known after a restart. */
export async function sessionSecret({
  SESSION_SECRET,
  SOTTO_STORE,
}: Pick<Settings, "SESSION_SECRET" | "SOTTO_STORE">): Promise<string> {
  if (SESSION_SECRET !== "") return SESSION_SECRET;
  const file = join(SOTTO_STORE, "session-secret");
  await mkdir(SOTTO_STORE, { recursive: true });
  // `wx`: the first process to come makes it, every other one reads it.
  await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
  return readFile(file, "utf8");
}
