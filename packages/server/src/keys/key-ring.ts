import { timingSafeEqual } from "node:crypto";
import type { KeyRole } from "@sotto/client/contract";
import { InvalidArgumentError } from "@sotto/core";
import { hashKey } from "./new-key.ts";

/** A key that the server takes: itself, or its SHA-256 in hexadecimal. */
export type ServerKey = { role: KeyRole } & ({ key: string; sha256?: never } | { sha256: string; key?: never });

const RANKS: Readonly<Record<KeyRole, number>> = { read: 0, write: 1, admin: 2 };
const LEAST_KEY_CHARS = 24;

/** The keys of a server. Only their hashes are held, and all are compared, in constant time. */
export class KeyRing {
  readonly #keys: readonly { hash: Buffer; role: KeyRole }[];

  /** Throws `argument.invalid`, without the key in it, for one that is too short to be a secret. */
  constructor(keys: readonly ServerKey[]) {
    this.#keys = keys.map(({ role, key, sha256 }, place) => {
      const name = `keys[${place}]`;
      if (!Object.hasOwn(RANKS, role))
        throw new InvalidArgumentError(`${name}.role`, "it must be admin, write or read");
      if (key !== undefined && key.length < LEAST_KEY_CHARS)
        throw new InvalidArgumentError(
          `${name}.key`,
          `it has ${key.length} characters; it must have at least ${LEAST_KEY_CHARS}. Make one with newKey()`,
        );
      const hash = key === undefined ? sha256 : hashKey(key);
      if (hash === undefined || !/^[0-9a-f]{64}$/i.test(hash))
        throw new InvalidArgumentError(`${name}.sha256`, "it must be 64 hexadecimal digits");
      return { hash: Buffer.from(hash, "hex"), role };
    });
  }

  get isEmpty(): boolean {
    return this.#keys.length === 0;
  }

  /** The role of whoever sent this `Authorization` header; undefined for nobody that is known. */
  roleOf(authorization: string | undefined): KeyRole | undefined {
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? "")?.[1] ?? "";
    const hash = Buffer.from(hashKey(token), "hex");
    let role: KeyRole | undefined;
    for (const known of this.#keys) {
      if (timingSafeEqual(known.hash, hash)) role = known.role;
    }
    return role;
  }
}

export function mayCall(role: KeyRole, least: KeyRole): boolean {
  return RANKS[role] >= RANKS[least];
}
