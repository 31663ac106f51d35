import { normalizedText } from "../../engine/index.ts";
import type { MemoryRecord } from "../memory-types.ts";
import { contentHash } from "./content-hash.ts";

/**
 * The id of a memory that was given none: a 64-bit hash of its kind and its text in NFKC, lower case, words with one space
 * between. The same thing said twice is one memory.
 */
export function memoryId(kind: MemoryRecord["kind"], text: string): string {
  return `${kind}-${contentHash(`${kind}\n${normalizedText(text)}`)}`;
}
