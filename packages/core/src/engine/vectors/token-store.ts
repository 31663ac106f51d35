import { InvalidArgumentError, StorageCorruptError } from "../../errors/index.ts";
import { ITEMS_A_STEP, type Steps } from "../../steps.ts";
import { type Arena, viewsOf } from "../kernel/index.ts";
import { lookupFactor, writeLookupTable } from "./lookup-table.ts";
import { MAXIMUM_DIMENSIONS } from "./search-scratch.ts";

/** Tokens of a block: for each byte of the code one byte a token, side by side. */
const BLOCK = 16;
/** Documents that the kernel scores in one call. */
const DOCUMENTS_A_CALL = 1_024;

/**
 * Token states of documents for late interaction, one bit a dimension, by slot: what `TokenStates.embedDocuments` gives,
 * scored against the tokens of a query as `maxSim` does, many documents at once. 2,000 turns of 30 tokens against 6 tokens
 * of a query take half a millisecond, 20,000 some six.
 */
export class TokenStore {
  readonly dimensions: number;
  readonly #arena: Arena;
  /** Where the blocks of a slot are; 0 where it has no tokens. */
  #pointers: number[] = [];
  #tokens: number[] = [];
  #bytes = 0;

  /** Throws `argument.invalid` unless `dimensions` is a multiple of 8 from 8 to 4,096. */
  constructor(arena: Arena, dimensions: number) {
    if (!(Number.isInteger(dimensions / 8) && dimensions >= 8 && dimensions <= MAXIMUM_DIMENSIONS)) {
      throw new InvalidArgumentError(
        "dimensions",
        `${dimensions} is not a multiple of 8 from 8 to ${MAXIMUM_DIMENSIONS}`,
      );
    }
    this.#arena = arena;
    this.dimensions = dimensions;
  }

  /** Bytes of memory held. */
  get bytes(): number {
    return this.#bytes;
  }

  has(slot: number): boolean {
    return (this.#tokens[slot] ?? 0) > 0;
  }

  /** Puts a document's codes (`dimensions / 8` bytes a token) at a slot, in place of what was there; none for no tokens. */
  set(slot: number, codes: Uint8Array): void {
    const tokenBytes = this.#tokenBytes;
    if (codes.length % tokenBytes !== 0)
      throw new InvalidArgumentError("codes", `${codes.length} bytes are no whole tokens of ${tokenBytes} bytes`);
    this.clear(slot);
    const tokens = codes.length / tokenBytes;
    if (tokens === 0) return;
    const bytes = this.#blockBytes(tokens);
    const pointer = this.#arena.allocate(bytes);
    const { uint8 } = viewsOf(this.#arena);
    for (let token = 0; token < Math.ceil(tokens / BLOCK) * BLOCK; token++) {
      // The last token again where a block is not full: the best of them stays the same.
      const from = Math.min(token, tokens - 1) * tokenBytes;
      const to = pointer + (token - (token % BLOCK)) * tokenBytes + (token % BLOCK);
      for (let byte = 0; byte < tokenBytes; byte++) uint8[to + byte * BLOCK] = codes[from + byte] as number;
    }
    while (this.#pointers.length <= slot) {
      this.#pointers.push(0);
      this.#tokens.push(0);
    }
    this.#pointers[slot] = pointer;
    this.#tokens[slot] = tokens;
    this.#bytes += bytes;
  }

  /** A copy of the codes of a slot; undefined if it has none. */
  get(slot: number): Uint8Array | undefined {
    if (!this.has(slot)) return undefined;
    const tokenBytes = this.#tokenBytes;
    const pointer = this.#pointers[slot] as number;
    const tokens = this.#tokens[slot] as number;
    const { uint8 } = viewsOf(this.#arena);
    const codes = new Uint8Array(tokens * tokenBytes);
    for (let token = 0; token < tokens; token++) {
      const from = pointer + (token - (token % BLOCK)) * tokenBytes + (token % BLOCK);
      for (let byte = 0; byte < tokenBytes; byte++)
        codes[token * tokenBytes + byte] = uint8[from + byte * BLOCK] as number;
    }
    return codes;
  }

  /** Overwrites the codes of a slot with zeros: the slot has none from then on. */
  clear(slot: number): void {
    if (!this.has(slot)) return;
    const bytes = this.#blockBytes(this.#tokens[slot] as number);
    this.#arena.free(this.#pointers[slot] as number, bytes);
    this.#pointers[slot] = 0;
    this.#tokens[slot] = 0;
    this.#bytes -= bytes;
  }

  /**
   * How well the tokens of a query (as `TokenStates.embedQuery` gives them) are met by the first `count` of `slots`: the mean
   * over them of the best token of the document, in [-1, 1], within 0.005 of what `maxSim` gives. NaN where a slot has no
   * tokens, or the query none.
   */
  score(tokens: Float32Array, slots: Uint32Array, count: number = slots.length): Float32Array<ArrayBuffer> {
    const scores = new Float32Array(count).fill(Number.NaN);
    const queryTokens = tokens.length / this.dimensions;
    if (queryTokens === 0 || count === 0) return scores;
    const lookupBytes = queryTokens * this.dimensions * 4;
    const lookup = this.#arena.allocate(lookupBytes);
    const documents = this.#arena.allocate(DOCUMENTS_A_CALL * 8);
    const sums = this.#arena.allocate(DOCUMENTS_A_CALL * 4);
    try {
      const read = this.#writeTables(tokens, lookup);
      for (let first = 0; first < count; first += DOCUMENTS_A_CALL) {
        const end = Math.min(count, first + DOCUMENTS_A_CALL);
        const pending = this.#list(slots, first, end, documents);
        this.#arena.kernel.maxSim(documents, pending, this.#tokenBytes, lookup, queryTokens, sums);
        const { uint32 } = viewsOf(this.#arena);
        let at = sums >>> 2;
        for (let i = first; i < end; i++)
          if (this.has(slots[i] as number)) scores[i] = read(uint32[at++] as number) / queryTokens;
      }
    } finally {
      this.#arena.free(lookup, lookupBytes);
      this.#arena.free(documents, DOCUMENTS_A_CALL * 8);
      this.#arena.free(sums, DOCUMENTS_A_CALL * 4);
    }
    return scores;
  }

  /** A copy in which each slot has its new number; those below 0 are left out. */
  *compacted(newSlotOf: Int32Array): Steps<TokenStore> {
    const store = new TokenStore(this.#arena, this.dimensions);
    for (let slot = 0; slot < newSlotOf.length; slot++) {
      if (slot > 0 && slot % ITEMS_A_STEP === 0) yield;
      const next = newSlotOf[slot] as number;
      const codes = next < 0 ? undefined : this.get(slot);
      if (codes !== undefined) store.set(next, codes);
    }
    return store;
  }

  /** The tokens of slots 0 to `slotCount` - 1 as bytes. */
  toParts(slotCount: number): Uint8Array[] {
    const header = new Uint32Array(1 + slotCount);
    header[0] = this.dimensions;
    const parts: Uint8Array[] = [];
    for (let slot = 0; slot < slotCount; slot++) {
      const codes = this.get(slot);
      if (codes === undefined) continue;
      header[1 + slot] = codes.length / this.#tokenBytes;
      parts.push(codes);
    }
    return [new Uint8Array(header.buffer), joined(parts)];
  }

  /** The store that `toParts(slotCount)` came from. Throws `storage.corrupt` when the lengths do not fit. */
  static *fromParts(arena: Arena, slotCount: number, parts: readonly Uint8Array[]): Steps<TokenStore> {
    const [header = new Uint8Array(0), codes = new Uint8Array(0)] = parts;
    const numbers = new Uint32Array(header.slice().buffer, 0, header.length >>> 2);
    if (numbers.length !== 1 + slotCount) throw misfit();
    const store = new TokenStore(arena, numbers[0] as number);
    let at = 0;
    for (let slot = 0; slot < slotCount; slot++) {
      if (slot > 0 && slot % ITEMS_A_STEP === 0) yield;
      const end = at + (numbers[1 + slot] as number) * (store.dimensions / 8);
      if (end > codes.length) throw misfit();
      store.set(slot, codes.subarray(at, end));
      at = end;
    }
    if (at !== codes.length) throw misfit();
    return store;
  }

  /** Gives all memory back, zeroed; the store is empty then. */
  dispose(): void {
    for (let slot = 0; slot < this.#tokens.length; slot++) this.clear(slot);
    this.#pointers = [];
    this.#tokens = [];
  }

  get #tokenBytes(): number {
    return this.dimensions / 8;
  }

  #blockBytes(tokens: number): number {
    return Math.ceil(tokens / BLOCK) * BLOCK * this.#tokenBytes;
  }

  /** A table for each token, of one factor; answers what makes a sum of their values a sum of products. */
  #writeTables(tokens: Float32Array, lookup: number): (sum: number) => number {
    const { uint8 } = viewsOf(this.#arena);
    const each: Float32Array[] = [];
    for (let at = 0; at < tokens.length; at += this.dimensions) each.push(tokens.subarray(at, at + this.dimensions));
    const factor = Math.min(...each.map(lookupFactor).filter((own) => own > 0));
    if (!Number.isFinite(factor)) return () => 0;
    for (const [i, token] of each.entries()) writeLookupTable(token, uint8, lookup + i * this.dimensions * 4, factor);
    let total = 0;
    for (let i = 0; i < tokens.length; i++) total += Math.abs(tokens[i] as number);
    return (sum) => (2 * sum) / factor - total;
  }

  /** Writes where the codes of the slots are, and answers of how many slots. */
  #list(slots: Uint32Array, first: number, end: number, documents: number): number {
    const { uint32 } = viewsOf(this.#arena);
    let at = documents >>> 2;
    for (let i = first; i < end; i++) {
      const slot = slots[i] as number;
      if (!this.has(slot)) continue;
      uint32[at++] = this.#pointers[slot] as number;
      uint32[at++] = Math.ceil((this.#tokens[slot] as number) / BLOCK);
    }
    return (at - (documents >>> 2)) / 2;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function misfit(): StorageCorruptError {
  return new StorageCorruptError("a snapshot", "its token states do not fit its documents");
}
