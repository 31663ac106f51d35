/** WebAssembly's unit of memory. */
export const PAGE_BYTES = 65_536;

/** One page less than 4 GiB, so that the end of the last block is still an unsigned 32-bit number. */
export const MAXIMUM_MEMORY_BYTES = 65_535 * PAGE_BYTES;

const INITIAL_PAGES = 4;

/** A memory that grows in whole pages and is zero where nothing was written. */
export interface LinearMemory {
  /** The current buffer; replaced when the memory grows. */
  readonly buffer: ArrayBuffer;
  /** Makes the memory at least `bytes` long; false when that much cannot be had. */
  grow(bytes: number): boolean;
}

/** A plain ArrayBuffer; growing copies it. */
export class JavaScriptMemory implements LinearMemory {
  buffer = new ArrayBuffer(INITIAL_PAGES * PAGE_BYTES);

  grow(bytes: number): boolean {
    return growTo(bytes, this.buffer.byteLength, 1, (newBytes) => {
      const grown = new ArrayBuffer(newBytes);
      new Uint8Array(grown).set(new Uint8Array(this.buffer));
      this.buffer = grown;
    });
  }
}

/** WebAssembly memory; growing keeps the bytes where they are, and detaches the buffer from before. */
export class WasmMemory implements LinearMemory {
  readonly memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_MEMORY_BYTES / PAGE_BYTES });
  buffer: ArrayBuffer = this.memory.buffer;

  grow(bytes: number): boolean {
    return growTo(bytes, this.buffer.byteLength, 0.25, (newBytes) => {
      this.memory.grow((newBytes - this.buffer.byteLength) / PAGE_BYTES);
      this.buffer = this.memory.buffer;
    });
  }
}

/** Grows by the share `slack` of the current size, so that many small steps cost little; by what is needed if that fails. */
function growTo(bytes: number, current: number, slack: number, resize: (bytes: number) => void): boolean {
  if (bytes <= current) return true;
  if (bytes > MAXIMUM_MEMORY_BYTES) return false;
  const needed = Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
  const generous = Math.ceil((current * (1 + slack)) / PAGE_BYTES) * PAGE_BYTES;
  const attempts = generous > needed ? [Math.min(generous, MAXIMUM_MEMORY_BYTES), needed] : [needed];
  for (const attempt of attempts) {
    try {
      resize(attempt);
      return true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return false;
}
