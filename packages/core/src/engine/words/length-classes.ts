import type { Arena } from "../kernel/index.ts";
import { viewsOf } from "../kernel/index.ts";

/** One byte a slot in the arena: the class of the document's length (see `classOfLength`). */
export class LengthClasses {
  #arena: Arena;
  #pointer = 0;
  #capacity = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get pointer(): number {
    return this.#pointer;
  }

  get bytes(): number {
    return this.#capacity;
  }

  get(slot: number): number {
    return viewsOf(this.#arena).uint8[this.#pointer + slot] as number;
  }

  /** After `reserve`. */
  set(slot: number, lengthClass: number): void {
    viewsOf(this.#arena).uint8[this.#pointer + slot] = lengthClass;
  }

  /** Makes room for `slots` slots. */
  reserve(slots: number): void {
    if (slots <= this.#capacity) return;
    const capacity = Math.max(256, slots, Math.ceil(this.#capacity * 1.5));
    const pointer = this.#arena.allocate(capacity);
    viewsOf(this.#arena).uint8.copyWithin(pointer, this.#pointer, this.#pointer + this.#capacity);
    this.dispose();
    this.#pointer = pointer;
    this.#capacity = capacity;
  }

  view(slots: number): Uint8Array {
    return viewsOf(this.#arena).uint8.subarray(this.#pointer, this.#pointer + slots);
  }

  dispose(): void {
    if (this.#capacity > 0) this.#arena.free(this.#pointer, this.#capacity);
    this.#pointer = 0;
    this.#capacity = 0;
  }
}
