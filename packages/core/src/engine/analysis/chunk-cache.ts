import { detached } from "../bytes/index.ts";
import type { Term } from "./term.ts";

/** The terms of a chunk: most have one, which then needs no list. */
export type ChunkTerms = Term | readonly Term[];

const LONGEST_CHUNK = 64;
const SMALLEST_CAPACITY = 1_024;
/** Numbers a chunk, side by side since they are read together: hash, start, length. */
const FIELDS = 3;
/** As many as cost what an analysis does: a text made to collide finds its chunks unremembered, and slows nothing down. */
const MOST_PROBES = 128;

/**
 * Remembers what is known of chunks. A hash table on the characters themselves: no string is cut out of the text to look a
 * known chunk up, which makes it three times as fast as a Map of strings. Starts anew when it holds `mostChunks`.
 */
export class ChunkCache<Known> {
  readonly #mostChunks: number;
  readonly #known: (chunk: string) => Known;
  /** Another one each time, so that no text can be made to collide everywhere. */
  readonly #seed = Math.trunc(Math.random() * 2 ** 32);
  /** 1 + number of a chunk, 0 where none is; twice as many as chunks, a power of two. */
  #table = new Uint32Array(2 * SMALLEST_CAPACITY);
  /** By number: the chunk's hash, where its characters begin, and how many they are (see `FIELDS`). */
  #chunks = new Int32Array(SMALLEST_CAPACITY * FIELDS);
  #values: Known[] = [];
  #characters = new Uint16Array(8 * SMALLEST_CAPACITY);
  #used = 0;

  /** `known` tells what is to be remembered of a chunk; what it is given shares no memory with the text. */
  constructor(mostChunks: number, known: (chunk: string) => Known) {
    this.#mostChunks = mostChunks;
    this.#known = known;
  }

  /** What is known of the chunk of `text` from `start` to before `end`. */
  get(text: string, start: number, end: number): Known {
    const length = end - start;
    if (length > LONGEST_CHUNK) return this.#known(detached(text.slice(start, end)));
    const hash = hashOf(text, start, end, this.#seed);
    const mask = this.#table.length - 1;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const at = (hash + probe) & mask;
      const number = (this.#table[at] as number) - 1;
      if (number < 0) return this.#add(text, start, end, hash);
      const entry = number * FIELDS;
      if (
        this.#chunks[entry] === hash &&
        this.#chunks[entry + 2] === length &&
        this.#isAt(this.#chunks[entry + 1] as number, text, start, length)
      ) {
        return this.#values[number] as Known;
      }
    }
    return this.#known(detached(text.slice(start, end)));
  }

  /** Forgets every chunk, its characters included. */
  clear(): void {
    this.#table.fill(0);
    this.#characters.fill(0);
    this.#values = [];
    this.#used = 0;
  }

  /** Whether the characters from `from` on are those of the text from `start` on. */
  #isAt(from: number, text: string, start: number, length: number): boolean {
    for (let i = 0; i < length; i++) if (this.#characters[from + i] !== text.charCodeAt(start + i)) return false;
    return true;
  }

  #add(text: string, start: number, end: number, hash: number): Known {
    const value = this.#known(detached(text.slice(start, end)));
    if (this.#values.length >= this.#mostChunks) this.clear();
    this.#reserve(this.#values.length + 1, this.#used + end - start);
    const number = this.#values.push(value) - 1;
    this.#chunks.set([hash, this.#used, end - start], number * FIELDS);
    for (let i = start; i < end; i++) this.#characters[this.#used++] = text.charCodeAt(i);
    this.#place(number);
    return value;
  }

  #place(number: number): void {
    const mask = this.#table.length - 1;
    let at = (this.#chunks[number * FIELDS] as number) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = number + 1;
  }

  #reserve(chunks: number, characters: number): void {
    if (characters > this.#characters.length) {
      const grown = new Uint16Array(2 * this.#characters.length);
      grown.set(this.#characters);
      this.#characters = grown;
    }
    const capacity = this.#chunks.length / FIELDS;
    if (chunks <= capacity) return;
    const grown = new Int32Array(2 * this.#chunks.length);
    grown.set(this.#chunks);
    this.#chunks = grown;
    this.#table = new Uint32Array(4 * capacity);
    for (let number = 0; number < capacity; number++) this.#place(number);
  }
}

/**
 * FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) by UTF-16 units, from a seed, and MurmurHash3's `fmix32`
 * (https://github.com/aappleby/smhasher), so that `item-1`, `item-2` do not end up side by side.
 */
function hashOf(text: string, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
