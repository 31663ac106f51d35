import { createHash } from "node:crypto";

/** Changes with a file's bytes and with whatever else its documents depend on. 32 hexadecimal characters. */
export function contentHash(bytes: Uint8Array, dependsOn: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(dependsOn) ?? "")
    .update("\0")
    .update(bytes)
    .digest("hex")
    .slice(0, 32);
}
