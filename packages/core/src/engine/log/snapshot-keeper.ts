import type { Log, Snapshot } from "../../storage/index.ts";

/** Whoever is done with a log writes a snapshot for so many changes, which a load would otherwise spend some 30 ms on. */
const WHEN_DONE_AFTER_CHANGES = 1_000;

export interface SnapshotKeeperOptions {
  log: Log;
  /** The state as it is now; undefined while nothing was ever written. */
  take(): Promise<Snapshot | undefined>;
  /** A snapshot is written in the background after so many changes since the last. */
  after(): number;
  onFailure(error: unknown): void;
}

/** Writes snapshots of what is folded from a log, and drops the part of the log that two of them cover. */
export class SnapshotKeeper {
  readonly #options: SnapshotKeeperOptions;
  #changes = 0;
  #writing: Promise<void> | undefined;

  constructor(options: SnapshotKeeperOptions) {
    this.#options = options;
  }

  /** So many changes were folded in. */
  note(changes: number): void {
    this.#changes += changes;
  }

  /** What is folded in now is in a snapshot. */
  reset(): void {
    this.#changes = 0;
  }

  async write(): Promise<void> {
    const { log, take } = this.#options;
    const snapshot = await take();
    if (snapshot === undefined) return;
    await log.writeSnapshot({ ...snapshot, givenAway: true });
    await log.truncate({ before: snapshot.version });
  }

  /** When there is enough new in the log that loading would feel it. */
  async writeIfMuchChanged(): Promise<void> {
    if (this.#changes >= WHEN_DONE_AFTER_CHANGES) await this.write();
  }

  /** In the background, once enough has changed. */
  maintain(): void {
    const { after, onFailure } = this.#options;
    if (this.#writing !== undefined || this.#changes < after()) return;
    this.#writing = this.write()
      .catch(onFailure)
      .finally(() => {
        this.#writing = undefined;
      });
  }

  /** Waits for what is under way; a holder that `wrote` leaves a short log, so that the next one loads fast. */
  async close(wrote: boolean): Promise<void> {
    await this.#writing;
    if (wrote) await this.writeIfMuchChanged().catch(this.#options.onFailure);
  }
}
