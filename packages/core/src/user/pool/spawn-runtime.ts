import type { UserRef } from "../scope.ts";

/** A runtime that serves one user over loopback HTTP. */
export interface SpawnedRuntime {
  /** For example `http://127.0.0.1:7878`. */
  readonly url: string;
  /** Bearer token of its API, if it wants one. */
  readonly token?: string;
  /** Resolves when it has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Lets it write what it holds, and ends it. */
  stop(): Promise<void>;
}

export interface SpawnRuntimeOptions {
  project: string;
  agent: string | undefined;
  user: UserRef;
  /** The loopback port to listen on. Rejects with an error of code `EADDRINUSE` when another program has it. */
  port: number;
}

/** Starts a runtime in a process of its own (`isolation: 'process'`). Resolves when it answers. Implemented by `@sotto/server`. */
export type SpawnRuntime = (options: SpawnRuntimeOptions) => Promise<SpawnedRuntime>;
