import type { Arena } from "../kernel/index.ts";
import { createArena } from "../kernel/index.ts";

/** Bytes after which a shared arena takes no further index: linear memory ends at 4 GiB. */
const FULL_BYTES = 1 << 30;

/**
 * Linear memories of one process. Small indexes (sessions, users' memories) share one; an index with a memory of its own
 * is not bounded by its neighbours. Sharing matters since every WebAssembly memory reserves gigabytes of address space.
 */
export class ArenaPool {
  #shared: Arena | undefined;

  shared(): Arena {
    if (this.#shared === undefined || this.#shared.allocatedBytes > FULL_BYTES) this.#shared = createArena();
    return this.#shared;
  }

  own(): Arena {
    return createArena();
  }
}
