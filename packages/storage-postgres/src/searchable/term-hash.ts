import { crc32 } from "node:zlib";

/** What stands for a term in the database. A signed 32-bit number. */
export function termHash(term: string): number {
  return crc32(term) | 0;
}
