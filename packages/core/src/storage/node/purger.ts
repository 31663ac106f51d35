import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./database.ts";

/** How long an erase waits for another connection that reads what it has to remove; then it goes on in the background. */
const PATIENCE_MS = 2_000;
const RETRY_MS = 250;

/** Takes what was erased off the disk: out of what moved rows left behind, and out of the write-ahead log. */
export class Purger {
  readonly #database: Database;
  #pending = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Why bytes of what was erased are still on the disk; undefined when none are. */
  get pending(): string | undefined {
    return this.#pending
      ? "another process or tool is reading the store as it was before; what was erased can no longer be read, and its bytes leave the disk by themselves once that is over"
      : undefined;
  }

  /** Resolves when it is done, or when it has to wait for longer than two seconds. */
  async purge(): Promise<void> {
    // The one that came first has waited for whoever reads.
    const patienceMs = this.#pending ? 0 : PATIENCE_MS;
    for (let waitedMs = 0; !this.#attempt(); ) {
      if (waitedMs >= patienceMs) {
        this.#pending = true;
        this.#timer ??= setInterval(() => this.#retry(), RETRY_MS).unref();
        return;
      }
      const pauseMs = Math.min(2 + waitedMs / 4, 100);
      await sleep(pauseMs);
      waitedMs += pauseMs;
    }
    this.#finished();
  }

  stop(): void {
    if (this.#pending) this.#retry();
    clearInterval(this.#timer);
  }

  #retry(): void {
    try {
      if (this.#attempt()) this.#finished();
    } catch {
      // The next time, perhaps.
    }
  }

  /** False when another connection is in the way. */
  #attempt(): boolean {
    if (this.#database.counter("moved") === 1 && !this.#database.vacuum()) return false;
    return this.#database.emptyWriteAheadLog();
  }

  #finished(): void {
    this.#pending = false;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
