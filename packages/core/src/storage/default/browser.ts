import { memoryStorage } from "../memory/memory-storage.ts";
import type { Storage } from "../storage.ts";

/** The store that `createSotto` uses when it is given none, outside Node: one in memory. `directory` means nothing. */
export function openDefaultStorage(_directory?: string): Storage {
  return memoryStorage();
}
