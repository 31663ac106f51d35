import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The program of the worker thread, put here by the build; in the source there is none. */
declare const SQLITE_WORKER_PROGRAM: string | undefined;

/**
 * What a worker thread is started with: the program as text, which every bundler takes along, or, in the source, the file
 * beside this one.
 */
export function workerProgram(): { program: string; isText: boolean } {
  if (typeof SQLITE_WORKER_PROGRAM === "string") return { program: SQLITE_WORKER_PROGRAM, isText: true };
  // No `new URL(…, import.meta.url)`: bundlers take what that names for a file of theirs.
  return { program: join(dirname(fileURLToPath(import.meta.url)), "sqlite-worker.ts"), isText: false };
}
