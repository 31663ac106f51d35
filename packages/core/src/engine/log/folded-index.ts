import type { Steps } from "../../steps.ts";
import type { LogRecord } from "../../storage/index.ts";
import { packSections, SearchIndex, unpackSections } from "../search/index.ts";
import type { FoldState } from "./fold-state.ts";
import type { IndexSettings } from "./index-settings.ts";
import { decodeChange, type IndexChange, RecordEncoder, writtenAt } from "./record-codec.ts";
import type { StoredIndexOptions } from "./stored-index-options.ts";

/** What changes did to documents. */
export interface Counts {
  added: number;
  updated: number;
  deleted: number;
}

/** The state that the changes of a log amount to: settings, the index, and what is folded from events. */
export class FoldedIndex implements FoldState<IndexChange, Counts> {
  /** Newest time of writing among the changes, milliseconds since the epoch. */
  updatedAt = 0;
  readonly #options: StoredIndexOptions;
  #index: SearchIndex | undefined;
  #settings: IndexSettings | undefined;
  /** When the batch that is being folded in was written. */
  #at = 0;
  /** What a batch that starts anew has built so far; it takes the index's place at the end of the batch. */
  #anew: { index: SearchIndex; settings: IndexSettings } | undefined;

  constructor(options: StoredIndexOptions) {
    this.#options = options;
  }

  /** Undefined while nothing was ever written, as are the settings. */
  get index(): SearchIndex | undefined {
    return this.#index;
  }
  get settings(): IndexSettings | undefined {
    return this.#settings;
  }

  encoder(at: number, changes: number): (change: IndexChange) => LogRecord {
    const encoder = new RecordEncoder(at, changes);
    return (change) => encoder.encode(change);
  }

  decode(record: LogRecord, where: string): IndexChange {
    return decodeChange(record, where);
  }

  writtenAt(record: LogRecord): number {
    return writtenAt(record);
  }

  noCounts(): Counts {
    return { added: 0, updated: 0, deleted: 0 };
  }

  beginBatch({ at }: { at: number }): void {
    this.#dropAnew();
    this.#at = at;
  }

  apply(change: IndexChange, counts: Counts): void {
    switch (change.type) {
      case "settings":
        this.#applySettings(change.settings, change.reset);
        return;
      case "put":
        counts[this.#required().put(change.document, change.vector)]++;
        return;
      case "delete":
        if (this.#required().delete(change.id)) counts.deleted++;
        return;
      case "event":
        this.#options.fold?.apply(change.event, change.id);
        return;
      case "erased":
        if ((this.#anew?.index ?? this.#index)?.delete(change.id)) counts.deleted++;
        this.#options.fold?.erased(change.id);
        return;
    }
  }

  /** What the batch built anew is searched from now on. */
  endBatch(): void {
    this.updatedAt = Math.max(this.updatedAt, this.#at);
    if (this.#anew === undefined) return;
    this.#index?.dispose();
    this.#index = this.#anew.index;
    this.#settings = this.#anew.settings;
    this.#anew = undefined;
  }

  erase(ids: readonly string[]): void {
    for (const id of ids) this.apply({ type: "erased", id }, this.noCounts());
  }

  *restore(data: Uint8Array | undefined, where: string): Steps<void> {
    this.dispose();
    this.#settings = undefined;
    this.#options.fold?.reset();
    if (data === undefined) {
      if (this.#options.settings !== undefined) this.#index = this.#newIndex(this.#options.settings.dimensions);
      return;
    }
    const { state, ...sections } = unpackSections(data, where);
    const { settings, updatedAt, events } = JSON.parse(new TextDecoder().decode(state?.[0])) as {
      settings?: IndexSettings;
      updatedAt: number;
      events?: unknown;
    };
    this.updatedAt = updatedAt;
    this.#settings = settings;
    const dimensions = settings?.dimensions ?? this.#options.settings?.dimensions;
    if (dimensions !== undefined) {
      this.#index = yield* SearchIndex.fromSections(this.#indexOptions(dimensions), sections);
    }
    if (events !== undefined) this.#options.fold?.fromJSON(events);
  }

  *toBytes(): Steps<Uint8Array> {
    const state = new TextEncoder().encode(
      JSON.stringify({ settings: this.#settings, updatedAt: this.updatedAt, events: this.#options.fold?.toJSON() }),
    );
    return yield* this.pack(state);
  }

  /** The index with a section `state` beside its own; nothing may change between the steps. */
  *pack(state: Uint8Array): Steps<Uint8Array> {
    const sections = yield* this.#required().toSections();
    yield;
    return yield* packSections({ state: [state], ...sections });
  }

  dispose(): void {
    this.#dropAnew();
    this.#index?.dispose();
    this.#index = undefined;
  }

  #dropAnew(): void {
    this.#anew?.index.dispose();
    this.#anew = undefined;
  }

  #applySettings(settings: IndexSettings, reset: boolean): void {
    const index = this.#anew?.index ?? this.#index;
    if (reset || index === undefined || index.dimensions !== settings.dimensions) {
      this.#anew?.index.dispose();
      this.#anew = { index: this.#newIndex(settings.dimensions), settings };
    } else if (this.#anew !== undefined) this.#anew.settings = settings;
    else this.#settings = settings;
  }

  #required(): SearchIndex {
    const index = this.#anew?.index ?? this.#index;
    if (index === undefined) throw new Error(`${this.#options.log.key} has documents before its settings`);
    return index;
  }

  #newIndex(dimensions: number): SearchIndex {
    return new SearchIndex(this.#indexOptions(dimensions));
  }

  #indexOptions(dimensions: number) {
    return { arena: this.#options.arena(), dimensions, ...this.#options.bm25 };
  }
}
