import { join, relative, resolve } from "node:path";
import { InvalidArgumentError } from "../../errors/index.ts";
import { checkCount } from "../arguments.ts";

export interface SqliteStorageOptions {
  /** Folder of the store; it is made when it is missing, readable by its owner only. Default `.sotto`. */
  directory?: string;
  /** The database file, instead of `sotto.db` in `directory`. Snapshots lie beside it, in `<file>-snapshots/`. */
  file?: string;
  /** Largest size of the database, in pages of 4,096 bytes; above it `storage.full` is thrown. Default: no limit. */
  maxPages?: number;
  /** How long a call waits for a lock that another process holds, in milliseconds. Default 10,000. */
  busyTimeoutMs?: number;
  /** How often a watched store is looked at for what other processes committed, in milliseconds. Default 100. */
  pollIntervalMs?: number;
  /** Warns instead of refusing a network file system. Default false. */
  allowNetworkFileSystem?: boolean;
  /**
   * Opens what exists for reading; every write is refused (`storage.read_only`). It is so by itself on a file system that
   * is mounted read-only. Default false.
   */
  readOnly?: boolean;
  /** Dates files, so that what a process left unfinished can be told by its age. Default `Date.now`. */
  now?: () => number;
}

export interface ResolvedSqliteOptions {
  name: string;
  file: string;
  maxPages: number | undefined;
  busyTimeoutMs: number;
  pollIntervalMs: number;
  allowNetworkFileSystem: boolean;
  readOnly: boolean | undefined;
  now: () => number;
}

export function resolveSqliteOptions(options: SqliteStorageOptions): ResolvedSqliteOptions {
  const { directory, maxPages, busyTimeoutMs = 10_000, pollIntervalMs = 100 } = options;
  if (directory !== undefined && options.file !== undefined) {
    throw new InvalidArgumentError("file", "pass directory or file, not both");
  }
  const file = resolve(options.file ?? join(directory ?? ".sotto", "sotto.db"));
  if (maxPages !== undefined) checkCount("maxPages", maxPages, 1);
  checkCount("busyTimeoutMs", busyTimeoutMs, 0);
  if (options.readOnly !== undefined && typeof options.readOnly !== "boolean")
    throw new InvalidArgumentError("readOnly", "it must be true or false");
  checkCount("pollIntervalMs", pollIntervalMs, 1);
  return {
    name: `sqlite:${displayPath(file)}`,
    file,
    maxPages,
    busyTimeoutMs,
    pollIntervalMs,
    allowNetworkFileSystem: options.allowNetworkFileSystem ?? false,
    readOnly: options.readOnly,
    now: options.now ?? Date.now,
  };
}

function displayPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") || path === "" ? file : path;
}
