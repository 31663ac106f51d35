import { createHash } from "node:crypto";
import { InvalidArgumentError, LimitExceededError } from "@sotto/core";

/** What finds a log's rows. */
export interface LogAddress {
  key: string;
  /** The first part of the key, percent-encoded as it stands there. */
  project: string;
  /** SHA-256 of the key, in hex: a key can be longer than what an index of PostgreSQL takes. */
  hash: string;
}

/** Bytes of a project's name as it stands in keys: it is part of every row. */
const PROJECT_BYTES = 1_000;

/** Stands for no project in particular; no key begins with it. */
export const EVERY_PROJECT = "/";

/** Refuses keys of other projects, where the store is bound to one. */
export function addressOf(key: string, bound: string | undefined): LogAddress {
  const project = projectOf(key);
  if (bound !== undefined && project !== bound) {
    throw new InvalidArgumentError(
      "key",
      `it is of the project "${project}", and this store was opened for "${bound}"`,
    );
  }
  const bytes = Buffer.byteLength(project);
  if (bytes > PROJECT_BYTES) throw new LimitExceededError("projectBytes", PROJECT_BYTES, bytes, "The project of a key");
  return { key, project, hash: createHash("sha256").update(key).digest("hex") };
}

/** A key that begins with a slash is of a project without a name. */
function projectOf(key: string): string {
  const end = key.indexOf("/");
  return end < 0 ? key : key.slice(0, end);
}

/** The project that every key with this prefix is of; undefined when they can be of several. */
export function projectOfPrefix(prefix: string): string | undefined {
  return prefix.includes("/") ? projectOf(prefix) : undefined;
}
