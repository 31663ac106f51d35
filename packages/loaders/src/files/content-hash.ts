import { createHash } from "node:crypto";
import type { LoadOptions } from "../options.ts";

/** Raised when the loaders make other documents of the same bytes, so that the next ingest loads them again. */
const LOADERS_VERSION = 2;

/** Changes with a file's bytes and with whatever else its documents depend on. 32 hexadecimal characters. */
export function contentHash(bytes: Uint8Array, dependsOn: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(dependsOn) ?? "")
    .update("\0")
    .update(bytes)
    .digest("hex")
    .slice(0, 32);
}

/** What documents depend on beside the file's bytes, for `contentHash`. */
export function hashedOptions({ textFields, idField, metadata, encoding, type }: LoadOptions): unknown {
  return { version: LOADERS_VERSION, textFields, idField, metadata, encoding, type };
}
