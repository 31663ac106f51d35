import { BlockAllocator } from "./block-allocator.ts";
import { createKernel, type KernelChoice } from "./create-kernel.ts";
import type { Arena, Kernel } from "./kernel.ts";
import { type LinearMemory, MAXIMUM_MEMORY_BYTES } from "./linear-memory.ts";
import { viewsOf } from "./memory-views.ts";

/** Nothing lives at address 0: it means "none". */
const FIRST_ADDRESS = 64;

export interface ArenaOptions {
  /**
   * Default `auto`: the environment variable `SOTTO_KERNEL` if it is set, else the fastest that runs here
   * (`wasm-relaxed-simd`, `wasm-simd`, `javascript`).
   */
  kernel?: KernelChoice;
}

/**
 * A linear memory with its kernel. It starts at 256 KiB and grows up to 4 GiB. Small indexes share one; a large index
 * has its own. Throws `argument.invalid` when the kernel that was asked for does not run here.
 */
export function createArena(options: ArenaOptions = {}): Arena {
  const { kernel, memory } = createKernel(options.kernel ?? "auto");
  return new LinearArena(kernel, memory);
}

class LinearArena implements Arena {
  readonly kernel: Kernel;
  allocatedBytes = 0;
  private readonly memory: LinearMemory;
  private readonly blocks = new BlockAllocator(FIRST_ADDRESS);

  constructor(kernel: Kernel, memory: LinearMemory) {
    this.kernel = kernel;
    this.memory = memory;
  }

  get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  allocate(bytes: number): number {
    if (!Number.isSafeInteger(bytes) || bytes < 0) {
      throw new RangeError(`A block of ${bytes} bytes cannot be allocated: the size must be a whole number from 0.`);
    }
    const blockBytes = BlockAllocator.blockBytes(bytes);
    const pointer = this.blocks.allocate(bytes);
    if (!this.memory.grow(pointer + blockBytes)) {
      this.blocks.free(pointer, bytes);
      throw new RangeError(
        `Out of memory: ${blockBytes} bytes more do not fit beside the ${this.allocatedBytes} in use; ` +
          `one memory holds at most ${MAXIMUM_MEMORY_BYTES} bytes.`,
      );
    }
    this.allocatedBytes += blockBytes;
    return pointer;
  }

  free(pointer: number, bytes: number): void {
    const blockBytes = BlockAllocator.blockBytes(bytes);
    viewsOf(this.memory).uint8.fill(0, pointer, pointer + blockBytes);
    this.blocks.free(pointer, bytes);
    this.allocatedBytes -= blockBytes;
  }
}
