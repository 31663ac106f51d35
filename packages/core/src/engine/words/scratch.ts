import type { Arena } from "../kernel/index.ts";

/** A block in the arena that is used within one call and kept for the next. All zero when it is new. */
export class Scratch {
  #arena: Arena;
  #pointer = 0;
  #bytes = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The address of at least `bytes` bytes. What a smaller block held is gone, and the new one is zero. */
  ensure(bytes: number): number {
    if (bytes <= this.#bytes) return this.#pointer;
    const larger = Math.max(256, Math.ceil(bytes * 1.25));
    this.dispose();
    this.#pointer = this.#arena.allocate(larger);
    this.#bytes = larger;
    return this.#pointer;
  }

  dispose(): void {
    if (this.#bytes > 0) this.#arena.free(this.#pointer, this.#bytes);
    this.#bytes = 0;
    this.#pointer = 0;
  }
}
