import { setTimeout as sleep } from "node:timers/promises";
import { StorageClosedError } from "@sotto/core";
import type { Sql } from "postgres";
import type { ResolvedPostgresOptions } from "../options.ts";
import { migrate } from "../schema/migrate.ts";
import { createClient } from "./client.ts";
import { concerns, isTransient, NoAnswerError, storageError } from "./postgres-error.ts";

/** Between two tries, in milliseconds: the first, and the most that it grows to. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

/** How long statements on other connections may still run when one was lost. */
const LAST_ANSWERS_SECONDS = 2;

export interface Attempt {
  sql: Sql;
  /** True when an earlier try may have been carried out without its answer having come. */
  again: boolean;
}

/** Work that the deadline of one statement does not bound. */
export interface RunOptions {
  long?: boolean;
}

/** The way to the primary: finds it among the hosts, and tries again while there is none. */
export class Connections {
  readonly #options: ResolvedPostgresOptions;
  #client: Sql | undefined;
  #host = 0;
  #migrated: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  readonly #running = new Set<Promise<unknown>>();
  readonly #abandoned = new Set<Promise<void>>();

  constructor(options: ResolvedPostgresOptions) {
    this.#options = options;
  }

  /** The host that was last found to be the primary, or the one to try next. */
  get host(): { host: string; port: number } {
    const { hosts } = this.#options.address;
    return hosts[this.#host % hosts.length] ?? { host: "localhost", port: 0 };
  }

  /** Runs `work`, again when it failed for want of a primary, for `retryForMs`. Throws errors of Sotto. */
  async run<T>(work: (attempt: Attempt) => Promise<T>, options: RunOptions = {}): Promise<T> {
    if (this.#closed !== undefined) throw new StorageClosedError(this.#options.name);
    const running = this.#tryUntilDone(work, options);
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      throw storageError(error, this.#options);
    } finally {
      this.#running.delete(running);
    }
  }

  /** Lets what was begun come to its end, then closes every connection. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      await Promise.allSettled(this.#running);
      await this.#client?.end();
      await Promise.allSettled(this.#abandoned);
    })();
    return this.#closed;
  }

  async #tryUntilDone<T>(work: (attempt: Attempt) => Promise<T>, { long = false }: RunOptions): Promise<T> {
    const deadline = performance.now() + this.#options.retryForMs;
    let again = false;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const sql = this.#current();
      try {
        await this.#withinTime(this.#ready(sql), false);
        return await this.#withinTime(work({ sql, again }), long);
      } catch (error) {
        if (!isTransient(error)) throw error;
        again = true;
        this.#giveUp(sql, concerns(error));
        if (performance.now() + pauseMs > deadline) throw error;
      }
      // Not all processes at once, when a server comes back.
      await sleep(pauseMs * (0.5 + Math.random() / 2));
    }
  }

  #current(): Sql {
    this.#client ??= createClient(this.#options, this.host, this.#options.poolSize);
    return this.#client;
  }

  /**
   * The next try is with new connections: the client's own way of opening a lost one again can send what was left of the
   * old. What still runs over the others may come to its end, unless the server is at fault.
   */
  #giveUp(sql: Sql, fault: "statement" | "connection" | "server"): void {
    if (this.#client !== sql || fault === "statement") return;
    this.#client = undefined;
    if (fault === "server") this.#host += 1;
    const ended = sql
      .end({ timeout: fault === "server" ? 0 : LAST_ANSWERS_SECONDS })
      .finally(() => this.#abandoned.delete(ended));
    this.#abandoned.add(ended);
  }

  #ready(sql: Sql): Promise<void> {
    this.#migrated ??= migrate(sql, this.#options).catch((error) => {
      // What was in the way may be gone the next time.
      this.#migrated = undefined;
      throw error;
    });
    return this.#migrated;
  }

  /** A host that vanished answers nothing, for minutes. */
  async #withinTime<T>(work: Promise<T>, long: boolean): Promise<T> {
    const { statementTimeoutMs, connectTimeoutMs } = this.#options;
    if (long || statementTimeoutMs === 0) return work;
    const timeout = new AbortController();
    const late = sleep(statementTimeoutMs + connectTimeoutMs, undefined, { signal: timeout.signal, ref: false });
    try {
      return await Promise.race([
        work,
        late.then(() => {
          throw new NoAnswerError("no answer");
        }),
      ]);
    } finally {
      timeout.abort();
      late.catch(() => {});
    }
  }
}
