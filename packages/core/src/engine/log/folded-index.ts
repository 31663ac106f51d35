import type { Steps } from "../../steps.ts";
import { packSections, SearchIndex, unpackSections } from "../search/index.ts";
import type { IndexSettings } from "./index-settings.ts";
import type { IndexChange } from "./record-codec.ts";
import type { StoredIndexOptions } from "./stored-index-options.ts";

/** What changes did to documents. */
export interface Counts {
  added: number;
  updated: number;
  deleted: number;
}

export function noChange(): Counts {
  return { added: 0, updated: 0, deleted: 0 };
}

/** The state that the changes of a log amount to: settings, the index, and what is folded from events. */
export class FoldedIndex {
  /** Newest time of writing among the changes, milliseconds since the epoch. */
  updatedAt = 0;
  readonly #options: StoredIndexOptions;
  #index: SearchIndex | undefined;
  #settings: IndexSettings | undefined;
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

  /** Before the first change of a batch; drops what a batch that failed had begun. */
  beginBatch(): void {
    this.#anew?.index.dispose();
    this.#anew = undefined;
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

  /** After the last change of a batch: what it built anew is searched from now on. */
  endBatch(at: number): void {
    this.updatedAt = Math.max(this.updatedAt, at);
    if (this.#anew === undefined) return;
    this.#index?.dispose();
    this.#index = this.#anew.index;
    this.#settings = this.#anew.settings;
    this.#anew = undefined;
  }

  /** The state of a snapshot, or that of an empty log. `where` names the snapshot in errors. */
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

  /** For a snapshot; nothing may change between the steps. */
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
    this.beginBatch();
    this.#index?.dispose();
    this.#index = undefined;
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
