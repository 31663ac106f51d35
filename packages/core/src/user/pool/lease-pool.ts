import type { Clock } from "../../clock.ts";
import { PoolClosedError, PoolExhaustedError } from "../../errors/index.ts";

/** Use of a pooled value. `release` may be called more than once. */
export interface Lease<Value> {
  value: Value;
  release(): void;
}

export interface LeasePoolOptions<Key, Value> {
  /** Makes the value of a key. Two concurrent calls for one key open it once. */
  open(id: string, key: Key): Promise<Value>;
  /** Flushes a value and lets it go. */
  close(value: Value): Promise<void>;
  /** Most values at once. */
  maximum: number;
  /** A value that nobody uses is closed after so many milliseconds. */
  idleTtlMs: number;
  /** How long `acquire` waits for a free place before `pool.exhausted`. */
  waitMs: number;
  clock: Clock;
  /** Called when closing an evicted value fails. */
  onCloseError(id: string, error: unknown): void;
}

interface Entry<Value> {
  id: string;
  opening: Promise<Value>;
  value: Value | undefined;
  uses: number;
  /** Raised at every use; the lowest idle one is evicted first. */
  lastUse: number;
  cancelIdle: (() => void) | undefined;
}

/** Values by id, opened on demand, shared while in use, closed when idle or (least recently used first) when the pool is full. */
export class LeasePool<Key, Value> {
  readonly #options: LeasePoolOptions<Key, Value>;
  #entries = new Map<string, Entry<Value>>();
  #waiting = new Set<() => void>();
  #closing = new Map<string, Promise<void>>();
  #uses = 0;
  #closed = false;

  constructor(options: LeasePoolOptions<Key, Value>) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }
  get closed(): boolean {
    return this.#closed;
  }
  /** Whether someone uses the value now. */
  isUsed(id: string): boolean {
    return (this.#entries.get(id)?.uses ?? 0) > 0;
  }
  /** The open value, whether or not it is in use. */
  peek(id: string): Value | undefined {
    return this.#entries.get(id)?.value;
  }
  /** Open values. */
  values(): Value[] {
    return [...this.#entries.values()].flatMap(({ value }) => (value === undefined ? [] : [value]));
  }

  /** Throws `pool.closed`, `pool.exhausted`, or what `open` throws. */
  async acquire(id: string, key: Key): Promise<Lease<Value>> {
    const giveUpAt = this.#options.clock.monotonic() + this.#options.waitMs;
    for (;;) {
      if (this.#closed) throw new PoolClosedError();
      const open = this.tryAcquire(id);
      if (open !== undefined) {
        // Someone else opened it meanwhile: a place that was kept for this call is free.
        if (this.#entries.size < this.#options.maximum) this.#wakeOne();
        return open;
      }
      // The closing one may still have writes to flush: it must not be open twice.
      const closing = this.#closing.get(id);
      if (closing !== undefined) {
        await closing;
        continue;
      }
      const entry = this.#entries.get(id) ?? (await this.#enter(id, key, giveUpAt));
      if (entry === undefined) continue;
      const lease = this.#lease(entry, undefined);
      try {
        lease.value = await entry.opening;
      } catch (error) {
        if (this.#entries.get(id) === entry) this.#entries.delete(id);
        this.#wakeOne();
        throw error;
      }
      if (this.#entries.get(id) === entry) return lease as Lease<Value>;
      lease.release();
    }
  }

  /** The same at once, when the value is open. */
  tryAcquire(id: string): Lease<Value> | undefined {
    const entry = this.#entries.get(id);
    return entry?.value === undefined ? undefined : (this.#lease(entry, entry.value) as Lease<Value>);
  }

  /** Closes a value now, in use or not. Answers whether it was open. */
  async evict(id: string): Promise<boolean> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    await this.#remove(entry);
    return true;
  }

  /** Closes every value. Later calls throw `pool.closed`. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of this.#waiting) wake();
    await Promise.all([...this.#entries.values()].map((entry) => this.#remove(entry)));
    await Promise.all(this.#closing.values());
  }

  /** A new entry, or undefined when the caller has to look again. */
  async #enter(id: string, key: Key, giveUpAt: number): Promise<Entry<Value> | undefined> {
    if (this.#entries.size >= this.#options.maximum) {
      const idle = this.#leastRecentlyUsedIdle();
      if (idle === undefined) await this.#waitForPlace(giveUpAt);
      else await this.#remove(idle, { wake: false });
      return undefined;
    }
    const entry: Entry<Value> = {
      id,
      opening: this.#options.open(id, key),
      value: undefined,
      uses: 0,
      lastUse: 0,
      cancelIdle: undefined,
    };
    this.#entries.set(id, entry);
    entry.opening.then(
      (value) => {
        entry.value = value;
      },
      () => undefined,
    );
    return entry;
  }

  #lease(entry: Entry<Value>, value: Value | undefined): Lease<Value | undefined> {
    entry.uses++;
    entry.lastUse = ++this.#uses;
    entry.cancelIdle?.();
    entry.cancelIdle = undefined;
    let released = false;
    return {
      value,
      release: () => {
        if (released) return;
        released = true;
        entry.uses--;
        if (entry.uses > 0) return;
        this.#wakeOne();
        if (this.#entries.get(entry.id) !== entry) return;
        const closeIdle = (): void => {
          if (entry.uses === 0 && this.#entries.get(entry.id) === entry) void this.#remove(entry);
        };
        entry.cancelIdle = this.#options.clock.after(this.#options.idleTtlMs, closeIdle, { background: true });
      },
    };
  }

  #leastRecentlyUsedIdle(): Entry<Value> | undefined {
    let oldest: Entry<Value> | undefined;
    for (const entry of this.#entries.values()) {
      if (entry.uses === 0 && entry.value !== undefined && (oldest === undefined || entry.lastUse < oldest.lastUse))
        oldest = entry;
    }
    return oldest;
  }

  #waitForPlace(giveUpAt: number): Promise<void> {
    const { clock, maximum } = this.#options;
    const ms = giveUpAt - clock.monotonic();
    if (ms <= 0) throw new PoolExhaustedError(maximum);
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        cancel();
        this.#waiting.delete(wake);
        resolve();
      };
      const cancel = clock.after(ms, () => {
        this.#waiting.delete(wake);
        reject(new PoolExhaustedError(maximum));
      });
      this.#waiting.add(wake);
    });
  }

  #wakeOne(): void {
    const [wake] = this.#waiting;
    wake?.();
  }

  /** `wake: false` keeps the place for the caller. */
  #remove(entry: Entry<Value>, { wake } = { wake: true }): Promise<void> {
    this.#entries.delete(entry.id);
    entry.cancelIdle?.();
    const closing = entry.opening
      .then(
        (value) => this.#options.close(value),
        () => undefined,
      )
      .catch((error: unknown) => this.#options.onCloseError(entry.id, error))
      .finally(() => {
        if (this.#closing.get(entry.id) === closing) this.#closing.delete(entry.id);
        if (wake) this.#wakeOne();
      });
    this.#closing.set(entry.id, closing);
    return closing;
  }
}
