import { fromBytes, grow, toBytes } from "./growable.ts";
import type { Range } from "./plan.ts";
import { markSlot, SlotList } from "./slot-list.ts";

/** Values held by less than this share of the entries are found through their chains, others by a scan of the codes. */
const CHAIN_SHARE = 0.25;
const CLEARED = 0xffffffff;
const NONE = -1;

/**
 * The strings of one field: each distinct one has a code, each entry the code of its string. The entries of a code are
 * chained from the newest to the oldest, so that rare values are found without looking at the others.
 */
export class StringColumn {
  readonly list = new SlotList();
  #codes = new Uint32Array(0);
  #next = new Int32Array(0);
  #codeOf = new Map<string, number>();
  /** By code; undefined once no entry has it. */
  #strings: (string | undefined)[] = [];
  #newest = new Int32Array(0);
  #counts = new Uint32Array(0);

  push(slot: number, value: string): void {
    this.#pushCode(slot, this.#code(value));
  }

  /** Forgets the string too when no other entry has it. */
  clear(slot: number): void {
    const entry = this.list.find(slot);
    const code = entry < 0 ? CLEARED : (this.#codes[entry] as number);
    if (code === CLEARED) return;
    this.#codes[entry] = CLEARED;
    const left = (this.#counts[code] as number) - 1;
    this.#counts[code] = left;
    if (left > 0) return;
    this.#codeOf.delete(this.#strings[code] as string);
    this.#strings[code] = undefined;
  }

  /** Undefined for a slot without a string. */
  at(slot: number): string | undefined {
    const entry = this.list.find(slot);
    return entry < 0 ? undefined : this.#strings[this.#codes[entry] as number];
  }

  markIn(wanted: readonly string[], words: Uint32Array): void {
    const codes = new Set<number>();
    let total = 0;
    for (const value of wanted) {
      const code = this.#codeOf.get(value);
      if (code === undefined || codes.has(code)) continue;
      codes.add(code);
      total += this.#counts[code] as number;
    }
    if (total > this.list.count * CHAIN_SHARE) this.#scan((code) => codes.has(code), words);
    else for (const code of codes) this.#markChain(code, words);
  }

  /** Strings compare by UTF-16 code units. */
  markRange(operator: Range, bound: string, words: Uint32Array): void {
    this.#scan((_, value) => holds(value, operator, bound), words);
  }

  compact(newSlotOf: Int32Array): StringColumn {
    const column = new StringColumn();
    for (let entry = 0; entry < this.list.count; entry++) {
      const slot = newSlotOf[this.list.slots[entry] as number] as number;
      const value = this.#strings[this.#codes[entry] as number];
      if (slot >= 0 && value !== undefined) column.push(slot, value);
    }
    return column;
  }

  /** The distinct strings by code; "" where it is forgotten. */
  get strings(): string[] {
    return this.#strings.map((value) => value ?? "");
  }

  toBytes(): Uint8Array[] {
    return [this.list.toBytes(), toBytes(this.#codes, this.list.count)];
  }

  static fromBytes(slots: Uint8Array, codes: Uint8Array, strings: readonly string[]): StringColumn {
    const column = new StringColumn();
    const { slots: all, count } = SlotList.fromBytes(slots);
    const codeOf = fromBytes(Uint32Array, codes, count);
    for (let entry = 0; entry < count; entry++) {
      const value = strings[codeOf[entry] as number];
      if (value !== undefined) column.push(all[entry] as number, value);
    }
    return column;
  }

  #code(value: string): number {
    const known = this.#codeOf.get(value);
    if (known !== undefined) return known;
    const code = this.#strings.push(value) - 1;
    this.#codeOf.set(value, code);
    this.#newest = grow(this.#newest, code + 1);
    this.#newest[code] = NONE;
    this.#counts = grow(this.#counts, code + 1);
    return code;
  }

  #pushCode(slot: number, code: number): void {
    const entry = this.list.push(slot);
    this.#codes = grow(this.#codes, entry + 1);
    this.#codes[entry] = code;
    this.#next = grow(this.#next, entry + 1);
    this.#next[entry] = this.#newest[code] as number;
    this.#newest[code] = entry;
    this.#counts[code] = (this.#counts[code] as number) + 1;
  }

  #markChain(code: number, words: Uint32Array): void {
    const { slots } = this.list;
    for (let entry = this.#newest[code] as number; entry !== NONE; entry = this.#next[entry] as number) {
      markSlot(words, slots[entry] as number);
    }
  }

  /** Tests each distinct string once, then looks at the code of every entry. */
  #scan(test: (code: number, value: string) => boolean, words: Uint32Array): void {
    const matches = new Uint8Array(this.#strings.length);
    this.#strings.forEach((value, code) => {
      if (value !== undefined && test(code, value)) matches[code] = 1;
    });
    const { slots, count } = this.list;
    const codes = this.#codes;
    for (let entry = 0; entry < count; entry++) {
      if (matches[codes[entry] as number] === 1) markSlot(words, slots[entry] as number);
    }
  }
}

function holds(value: string, operator: Range, bound: string): boolean {
  switch (operator) {
    case "$gt":
      return value > bound;
    case "$gte":
      return value >= bound;
    case "$lt":
      return value < bound;
    case "$lte":
      return value <= bound;
  }
}
