import type { LogHead } from "@sotto/core";
import type { LogListeners } from "@sotto/core/storage";
import type { Connections } from "../connection/connections.ts";
import { EVERY_PROJECT, type LogAddress } from "../log/log-address.ts";
import type { Statements } from "../log/statements.ts";
import type { ResolvedPostgresOptions } from "../options.ts";
import { Listener } from "./listener.ts";

/** Logs that one statement asks for. */
const LOGS_PER_POLL = 500;

interface Watched {
  address: LogAddress;
  /** When its watchers were last woken. Undefined until the first look. */
  head: LogHead | undefined;
}

/**
 * Wakes those who watch a log when another store changed it: the database tells by NOTIFY, and every `pollIntervalMs` the
 * heads are looked at, for what was not heard. Works while a log is watched.
 */
export class ChangeFeed {
  readonly #options: ResolvedPostgresOptions;
  readonly #connections: Connections;
  readonly #statements: Statements;
  readonly #listeners: LogListeners;
  readonly #watched = new Map<string, Watched>();
  #listener: Listener | undefined;
  #timer: NodeJS.Timeout | undefined;
  #polling: Promise<void> | undefined;
  #closed = false;

  constructor(
    options: ResolvedPostgresOptions,
    {
      connections,
      statements,
      listeners,
    }: { connections: Connections; statements: Statements; listeners: LogListeners },
  ) {
    this.#options = options;
    this.#connections = connections;
    this.#statements = statements;
    this.#listeners = listeners;
  }

  watch(address: LogAddress): void {
    this.#watched.set(address.hash, { address, head: undefined });
    if (this.#closed || this.#listener !== undefined) return;
    this.#listener = new Listener(this.#options, this.#connections, {
      onMessage: (payload) => this.#heard(payload),
      // What happened before it listened was not heard.
      onListening: () => this.#wake([...this.#watched.values()]),
    });
    this.#timer = setInterval(() => this.#poll(), this.#options.pollIntervalMs).unref();
  }

  unwatch(address: LogAddress): void {
    this.#watched.delete(address.hash);
    if (this.#watched.size === 0) void this.#stop();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watched.clear();
    await this.#stop();
    await this.#polling;
  }

  async #stop(): Promise<void> {
    clearInterval(this.#timer);
    const listener = this.#listener;
    this.#listener = undefined;
    await listener?.close();
  }

  /** As S.notify_change writes it: hash, version, base, epoch, origin. */
  #heard(payload: string): void {
    const [hash = "", version, base, epoch, origin] = payload.split(" ");
    const watched = this.#watched.get(hash);
    if (watched === undefined) return;
    watched.head = { version: Number(version), base: Number(base), epoch: Number(epoch) };
    // What this store did itself, its handles told each other.
    if (origin !== this.#statements.origin) this.#wake([watched]);
  }

  #wake(watched: readonly Watched[]): void {
    this.#listeners.wake(watched.map(({ address }) => address.key));
  }

  #poll(): void {
    this.#listener?.check();
    this.#polling ??= this.#lookAtHeads()
      // Unreachable: the next look tries again, and the next call on the store says what is wrong.
      .catch(() => {})
      .finally(() => {
        this.#polling = undefined;
      });
  }

  async #lookAtHeads(): Promise<void> {
    const all = [...this.#watched.values()];
    for (let i = 0; i < all.length && !this.#closed; i += LOGS_PER_POLL) {
      const some = all.slice(i, i + LOGS_PER_POLL);
      const project = this.#options.project ?? EVERY_PROJECT;
      const heads = await this.#connections.run(({ sql }) =>
        this.#statements.heads(
          sql,
          project,
          some.map(({ address }) => address),
        ),
      );
      const byHash = new Map(heads.map(({ key_hash, ...head }) => [key_hash, head]));
      this.#wake(some.filter((watched) => this.#refresh(watched, byHash.get(watched.address.hash))));
    }
  }

  #refresh(watched: Watched, head: LogHead = { version: 0, base: 0, epoch: 1 }): boolean {
    const before = watched.head;
    watched.head = { version: head.version, base: head.base, epoch: head.epoch };
    if (before === undefined) return this.#listener?.isListening !== true;
    // A message that came meanwhile can be ahead of what was read.
    if (head.epoch !== before.epoch) return head.epoch > before.epoch;
    return head.version > before.version || head.base > before.base;
  }
}
