import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";
import { createClient } from "../connection/client.ts";
import type { Connections } from "../connection/connections.ts";
import type { ResolvedPostgresOptions } from "../options.ts";
import { channelOf } from "../schema/migrations.ts";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

interface Events {
  onMessage(payload: string): void;
  /** It listens from now on, at first or again. */
  onListening(): void;
}

/** A connection that listens, and is made anew whenever it is lost. */
export class Listener {
  readonly #options: ResolvedPostgresOptions;
  readonly #connections: Connections;
  readonly #events: Events;
  readonly #loop: Promise<void>;
  #client: Sql | undefined;
  #listening = false;
  #checking = false;
  readonly #closing = new AbortController();
  #drop: () => void = () => {};

  constructor(options: ResolvedPostgresOptions, connections: Connections, events: Events) {
    this.#options = options;
    this.#connections = connections;
    this.#events = events;
    this.#loop = this.#listenAgainAndAgain();
  }

  /** Asks whether the connection still answers: one that was cut in silence says nothing by itself. */
  check(): void {
    const client = this.#client;
    if (client === undefined || !this.#listening || this.#checking) return;
    this.#checking = true;
    const { drop, timer } = { drop: this.#drop, timer: setTimeout(() => this.#drop(), this.#options.connectTimeoutMs) };
    client`SELECT`
      .catch(() => drop())
      .finally(() => {
        clearTimeout(timer);
        this.#checking = false;
      });
  }

  get isListening(): boolean {
    return this.#listening;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#drop();
    await this.#loop;
  }

  async #listenAgainAndAgain(): Promise<void> {
    const { signal } = this.#closing;
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const dropped = new Promise<void>((resolve) => {
        this.#drop = resolve;
      });
      if (await this.#listen()) {
        pauseMs = FIRST_PAUSE_MS / 2;
        await dropped;
        this.#options.logger?.debug?.("the listener's connection was lost", { store: this.#options.name });
      }
      this.#listening = false;
      await this.#client?.end({ timeout: 0 });
      await sleep(pauseMs, undefined, { ref: false, signal }).catch(() => {});
    }
  }

  async #listen(): Promise<boolean> {
    try {
      const drop = this.#drop;
      // A standby does not listen; the looks at the heads find the primary meanwhile.
      const client = createClient(this.#options, this.#connections.host, 1, {
        onClose: () => drop(),
        onNotification: (payload) => this.#events.onMessage(payload),
      });
      this.#client = client;
      await client`LISTEN ${client(channelOf(this.#options.schema))}`;
      this.#listening = true;
      if (!this.#closing.signal.aborted) this.#events.onListening();
      return true;
    } catch {
      // The calls on the store say what is wrong.
      return false;
    }
  }
}
