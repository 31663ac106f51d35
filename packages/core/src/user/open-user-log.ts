import type { Log } from "../storage/index.ts";
import { forgettable } from "./forget-marks.ts";
import type { MemoryContext } from "./memory-context.ts";

/** Opens a log of a user: nothing is appended to it while the user is being forgotten. */
export async function openUserLog({ storage, marks }: MemoryContext, userId: string, key: string): Promise<Log> {
  const subjects = [{ kind: "user", id: userId }] as const;
  return forgettable(await storage.open(key), marks, () => subjects);
}
