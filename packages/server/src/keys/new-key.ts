import { createHash, randomBytes } from "node:crypto";

/** A new key of 256 random bits. Show it once, and store what `hashKey` makes of it. */
export function newKey(): string {
  return `sotto_${randomBytes(32).toString("base64url")}`;
}

/**
 * SHA-256 of a key, in hexadecimal: what a configuration may hold. A slow hash would protect short passwords; a key has
 * 256 random bits.
 */
export function hashKey(key: string): string {
  return createHash("sha256").update(key, "utf8").digest("hex");
}
