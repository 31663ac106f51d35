import { ClosedError, hasCode, StorageVersionConflictError } from "../../errors/index.ts";
import { takeInTurns } from "../../steps.ts";
import type { Log } from "../../storage/index.ts";
import { inSpan } from "../../telemetry/index.ts";
import type { SearchIndex } from "../search/index.ts";
import { type Counts, FoldedIndex } from "./folded-index.ts";
import { FoldedLog } from "./folded-log.ts";
import type { IndexSettings } from "./index-settings.ts";
import type { IndexChange } from "./record-codec.ts";
import type { AppendChangesOptions, AppliedChanges, StoredIndexOptions } from "./stored-index-options.ts";

export type { AppendChangesOptions, AppliedChanges, EventFold, StoredIndexOptions } from "./stored-index-options.ts";

/** A snapshot is written after so many changes since the last, or a tenth of the index's documents if that is more. */
const SNAPSHOT_AFTER_CHANGES = 5_000;

/** An index that lives in a log. */
export class StoredIndex {
  readonly #options: StoredIndexOptions;
  readonly #folded: FoldedIndex;
  readonly #log: FoldedLog<IndexChange, Counts>;

  private constructor(options: StoredIndexOptions, folded: FoldedIndex, log: FoldedLog<IndexChange, Counts>) {
    this.#options = options;
    this.#folded = folded;
    this.#log = log;
  }

  /** Opening writes nothing. */
  static open(options: StoredIndexOptions): Promise<StoredIndex> {
    const open = async (): Promise<StoredIndex> => {
      const folded = new FoldedIndex(options);
      const { log, logger, clock, autoRefresh = true } = options;
      const snapshotAfter = () => Math.max(SNAPSHOT_AFTER_CHANGES, (folded.index?.documents.size ?? 0) / 10);
      const what = "The index";
      return new StoredIndex(
        options,
        folded,
        await FoldedLog.open({ log, state: folded, what, logger, clock, autoRefresh, snapshotAfter }),
      );
    };
    return inSpan("sotto.load", options.attributes ?? {}, open, (stored) => ({
      "sotto.version": stored.version,
      "sotto.documents": stored.#folded.index?.documents.size ?? 0,
    }));
  }

  get log(): Log {
    return this.#log.log;
  }
  /** Those of the log, else those that its first batch will write; undefined without either. */
  get settings(): IndexSettings | undefined {
    return this.#folded.settings ?? this.#options.settings;
  }
  /** Nothing was ever written, or all of it was deleted. */
  get isEmpty(): boolean {
    return this.#folded.settings === undefined;
  }
  get index(): SearchIndex {
    const { index } = this.#folded;
    if (this.closed || index === undefined) throw new ClosedError(`The index of ${this.log.key}`);
    return index;
  }
  get version(): number {
    return this.#log.version;
  }
  get epoch(): number {
    return this.#log.epoch;
  }
  /** Newest time of writing among the changes, milliseconds since the epoch. */
  get updatedAt(): number {
    return this.#folded.updatedAt;
  }
  get closed(): boolean {
    return this.#log.closed;
  }

  /**
   * Appends one batch and folds it in; the first one of a log writes its settings, too. Resolves when it is durable (see
   * `durability`) and searchable; a search meanwhile may find a part of a large one. With `queued` it is searchable at once.
   * Throws `storage.compacted`, with what there is now folded in, when the log was deleted meanwhile. After an erase it is
   * tried again, or throws `storage.version_conflict` where a version is expected: changes that are made of what the index
   * holds have to expect one.
   */
  async append(changes: readonly IndexChange[], options: AppendChangesOptions = {}): Promise<AppliedChanges> {
    for (;;) {
      const { isEmpty } = this;
      try {
        return await this.#log.append(this.#withSettings(changes), options);
      } catch (error) {
        if (!hasCode(error, "storage.compacted") || isEmpty || this.isEmpty) throw error;
        // What was made of the index as it was must not bring back what was erased from it since.
        const { expectedVersion } = options;
        if (expectedVersion !== undefined)
          throw new StorageVersionConflictError(this.log.key, expectedVersion, this.version);
      }
    }
  }

  #withSettings(changes: readonly IndexChange[]): readonly IndexChange[] {
    const { settings } = this.#options;
    if (!this.isEmpty || settings === undefined || changes[0]?.type === "settings") return changes;
    return [{ type: "settings", settings, reset: false }, ...changes];
  }

  /** Writes the settings that `open` was given, where the log has none. */
  async create(): Promise<void> {
    if (!this.isEmpty || this.#options.settings === undefined) return;
    try {
      await this.append([], { expectedVersion: 0 });
    } catch (error) {
      if (!hasCode(error, "storage.version_conflict")) throw error;
      await this.refresh();
    }
  }

  /** Catches up with what others wrote. Concurrent calls are one; a call that comes during one runs once more after it. */
  refresh(): Promise<void> {
    return this.#log.refresh();
  }

  /**
   * Takes records out of history for good: documents with these ids leave the index, their texts leave the log and every
   * snapshot. Resolves when the bytes are gone.
   */
  erase(ids: readonly string[]): Promise<{ erased: number }> {
    return this.#log.erase(ids);
  }

  /** Writes a snapshot of what is folded in, and drops the part of the log that two snapshots cover. */
  writeSnapshot(): Promise<void> {
    return this.#log.writeSnapshot();
  }

  /** A snapshot when there is enough new in the log that loading would feel it. */
  snapshotIfMuchChanged(): Promise<void> {
    return this.#log.snapshotIfMuchChanged();
  }

  /** What the index holds, and a section `state` of the caller's, as one buffer for `unpackSections`; changes wait meanwhile. */
  pack(state: Uint8Array): Promise<Uint8Array> {
    return this.#log.exclusively(() => takeInTurns(this.#folded.pack(state)));
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}
