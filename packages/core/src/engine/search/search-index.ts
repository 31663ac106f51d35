import { type Steps, takeAll } from "../../steps.ts";
import { Bitmap } from "../bytes/index.ts";
import type { StoredDocument } from "../documents/index.ts";
import { DocumentTable } from "../documents/index.ts";
import { MetadataColumns } from "../filter/index.ts";
import type { Arena } from "../kernel/index.ts";
import type { QuantizedVector, TokenCodes } from "../vectors/index.ts";
import { TokenStore, VectorStore } from "../vectors/index.ts";
import { InvertedIndex } from "../words/index.ts";
import type { Sections, SectionsToPack } from "./snapshot-format.ts";

/** Below this many dead slots compaction is not worth its work. */
const COMPACT_MINIMUM = 1_024;
/** Texts that are analysed in one step: at ten microseconds each, two milliseconds. */
const TEXTS_A_STEP = 200;

export interface SearchIndexOptions {
  arena: Arena;
  dimensions: number;
  /** BM25 saturation and length normalisation; see `docs/retrieval.md` for the evidence. Default 0.9 and 0.4. */
  k1?: number;
  b?: number;
}

/**
 * One index in memory: documents, their vectors, their words and their metadata, by slot. Changes are synchronous and
 * searchable at once. Searching it is `search` in `search.ts`.
 */
export class SearchIndex {
  readonly arena: Arena;
  readonly dimensions: number;
  #documents = new DocumentTable();
  #vectors: VectorStore;
  /** Of those documents that have token states. */
  #tokens: TokenStore | undefined;
  #words: InvertedIndex;
  #columns = new MetadataColumns();
  #live = new Bitmap();

  constructor(options: SearchIndexOptions) {
    this.arena = options.arena;
    this.dimensions = options.dimensions;
    this.#vectors = new VectorStore(options.arena, options.dimensions);
    this.#words = new InvertedIndex(options.arena, options);
  }

  get documents(): DocumentTable {
    return this.#documents;
  }
  get vectors(): VectorStore {
    return this.#vectors;
  }
  /** Undefined where no document has token states. */
  get tokens(): TokenStore | undefined {
    return this.#tokens;
  }
  get words(): InvertedIndex {
    return this.#words;
  }
  get columns(): MetadataColumns {
    return this.#columns;
  }
  /** Slots that hold a document now. */
  get live(): Bitmap {
    return this.#live;
  }
  /** True when no slot is dead, so that searches need no mask. */
  get gapless(): boolean {
    return this.#documents.size === this.#documents.slotCount;
  }
  /** Bytes outside the JavaScript heap. */
  get bytes(): number {
    return this.#documents.bytes + this.#vectors.bytes + (this.#tokens?.bytes ?? 0) + this.#words.bytes;
  }

  /** Adds a document, or replaces the one with its id. Answers which. */
  put(document: StoredDocument, vector: QuantizedVector | undefined): "added" | "updated" {
    const existing = this.#documents.slotOf(document.id);
    if (existing !== undefined && this.#isSame(existing, document, vector)) return "updated";
    const replaced = this.delete(document.id);
    const slot = this.#documents.add(document);
    if (vector !== undefined) this.#vectors.setQuantized(slot, vector.scale, vector.values);
    if (vector?.tokens !== undefined) this.#setTokens(slot, vector.tokens);
    this.#words.add(slot, document.text, document.title);
    if (document.metadata !== undefined) this.#columns.set(slot, document.metadata);
    this.#live.growTo(slot + 1);
    this.#live.set(slot);
    return replaced ? "updated" : "added";
  }

  /** Answers whether there was one. */
  delete(id: string): boolean {
    const slot = this.#documents.slotOf(id);
    if (slot === undefined) return false;
    this.#words.remove(slot, this.#documents.text(slot), this.#documents.title(slot));
    this.#vectors.clear(slot);
    this.#tokens?.clear(slot);
    this.#columns.clear(slot);
    this.#live.clear(slot);
    this.#documents.remove(id);
    const dead = this.#documents.slotCount - this.#documents.size;
    if (dead > COMPACT_MINIMUM && dead > this.#documents.size / 2) takeAll(this.compact());
    return true;
  }

  /** The vector of a document as it is stored, and its token states. */
  vectorOf(id: string): QuantizedVector | undefined {
    const slot = this.#documents.slotOf(id);
    return slot === undefined ? undefined : this.#vectorAt(slot);
  }

  #vectorAt(slot: number): QuantizedVector | undefined {
    const vector = this.#vectors.get(slot);
    const codes = this.#tokens?.get(slot);
    if (vector === undefined || codes === undefined) return vector;
    return { ...vector, tokens: { dimensions: (this.#tokens as TokenStore).dimensions, codes } };
  }

  /** Token states of other dimensions are of another model, and not kept beside those. */
  #setTokens(slot: number, { dimensions, codes }: TokenCodes): void {
    this.#tokens ??= new TokenStore(this.arena, dimensions);
    if (this.#tokens.dimensions === dimensions) this.#tokens.set(slot, codes);
  }

  /** Takes dead slots out everywhere, with every word that only they had; nothing may change between the steps. */
  *compact(): Steps<void> {
    if (this.gapless) return;
    const documents = yield* this.#documents.compact();
    const { newSlotOf } = documents;
    const vectors = yield* this.#vectors.compacted(newSlotOf);
    const tokens = this.#tokens === undefined ? undefined : yield* this.#tokens.compacted(newSlotOf);
    const commitWords = yield* this.#words.compact(newSlotOf);
    documents.commit();
    this.#vectors.dispose();
    this.#vectors = vectors;
    this.#tokens?.dispose();
    this.#tokens = tokens;
    commitWords();
    this.#columns.compact(newSlotOf);
    this.#live = Bitmap.full(this.#documents.slotCount);
  }

  /** All that the index holds, for a snapshot; nothing may change until it is packed. Compacts first. */
  *toSections(): Steps<SectionsToPack> {
    yield* this.compact();
    const documents = yield* this.#documents.toBytes();
    yield;
    const vectors = this.#vectors.toParts(this.#documents.slotCount);
    yield;
    const words = yield* this.#words.toBytes();
    yield;
    const tokens = this.#tokens?.toParts(this.#documents.slotCount);
    return {
      documents,
      vectors,
      words,
      columns: this.#columns.toBytes(),
      ...(tokens === undefined ? {} : { tokens }),
    };
  }

  /** The index that the sections came from. Throws `storage.corrupt` when they do not fit. */
  static *fromSections(options: SearchIndexOptions, sections: Sections): Steps<SearchIndex> {
    const index = new SearchIndex(options);
    index.#vectors.dispose();
    index.#words.dispose();
    index.#documents = yield* DocumentTable.fromBytes(sections.documents ?? []);
    const count = index.#documents.slotCount;
    index.#vectors = yield* VectorStore.fromBytes(options.arena, options.dimensions, count, sections.vectors ?? []);
    if (sections.tokens !== undefined)
      index.#tokens = yield* TokenStore.fromParts(options.arena, count, sections.tokens);
    index.#words = yield* wordsOf(options, sections.words ?? [], index.#documents);
    index.#columns = MetadataColumns.fromBytes(sections.columns ?? []);
    index.#live = Bitmap.full(count);
    return index;
  }

  /** True when the slot holds this very document: folding a batch twice then changes nothing, order included. */
  #isSame(slot: number, document: StoredDocument, vector: QuantizedVector | undefined): boolean {
    if (this.#documents.text(slot) !== document.text) return false;
    const stored = this.#documents.document(slot);
    if (
      JSON.stringify([stored.title, stored.metadata, stored.payload, stored.chunk]) !==
      JSON.stringify([document.title, document.metadata, document.payload, document.chunk])
    )
      return false;
    const held = this.#vectorAt(slot);
    if (held === undefined || vector === undefined) return held === vector;
    return (
      held.scale === vector.scale &&
      sameBytes(held.values, vector.values) &&
      sameBytes(held.tokens?.codes ?? NO_CODES, vector.tokens?.codes ?? NO_CODES)
    );
  }

  /** Gives its memory back to the arena. The index must not be used afterwards. */
  dispose(): void {
    this.#vectors.dispose();
    this.#tokens?.dispose();
    this.#words.dispose();
    this.#documents = new DocumentTable();
    this.#columns = new MetadataColumns();
    this.#live = new Bitmap();
  }
}

const NO_CODES = new Uint8Array(0);

function sameBytes(a: Int8Array | Uint8Array, b: Int8Array | Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** The words of a snapshot; by an earlier version of the analysis they are worked out anew from the texts. */
function* wordsOf(
  options: SearchIndexOptions,
  parts: readonly Uint8Array[],
  documents: DocumentTable,
): Steps<InvertedIndex> {
  if (InvertedIndex.isCurrent(parts)) return yield* InvertedIndex.fromBytes(options.arena, parts, options);
  const words = new InvertedIndex(options.arena, options);
  for (let slot = 0; slot < documents.slotCount; slot++) {
    if (slot > 0 && slot % TEXTS_A_STEP === 0) yield;
    words.add(slot, documents.text(slot), documents.title(slot));
  }
  return words;
}
