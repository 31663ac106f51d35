import type { AppendResult, LogRecord } from "@sotto/core";
import type { Connections } from "../connection/connections.ts";
import { AppendQueue, type GuardedAppend } from "./append-queue.ts";
import type { LogAddress } from "./log-address.ts";
import type { Statements } from "./statements.ts";

/** The queues of the logs that something is on its way to. */
export class AppendQueues {
  readonly #access: { connections: Connections; statements: Statements };
  readonly #byHash = new Map<string, AppendQueue>();

  constructor(access: { connections: Connections; statements: Statements }) {
    this.#access = access;
  }

  async append(address: LogAddress, records: readonly LogRecord[], options: GuardedAppend): Promise<AppendResult> {
    let queue = this.#byHash.get(address.hash);
    if (queue === undefined) {
      queue = new AppendQueue(address, this.#access);
      this.#byHash.set(address.hash, queue);
    }
    try {
      return await queue.append(records, options);
    } finally {
      if (queue.isIdle && this.#byHash.get(address.hash) === queue) this.#byHash.delete(address.hash);
    }
  }

  /** Resolves when what a log was given so far has been answered. */
  async settled(address: LogAddress): Promise<void> {
    await this.#byHash.get(address.hash)?.settled();
  }

  async allSettled(): Promise<void> {
    await Promise.all([...this.#byHash.values()].map((queue) => queue.settled()));
  }
}
