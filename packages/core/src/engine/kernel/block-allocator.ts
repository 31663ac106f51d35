const ALIGNMENT = 64;
const SMALLEST_CLASS_BITS = 6;
const LARGEST_SMALL_BYTES = 32_768;
const SLAB_BYTES = 65_536;

interface Span {
  start: number;
  bytes: number;
}

/**
 * Hands out address ranges; it never touches memory. Every address is a multiple of 64.
 *
 * Blocks up to 32 KiB are rounded up to a power of two, cut from 64 KiB slabs of one size, and reused by size. Larger
 * blocks are rounded up to 64 bytes; free ones are joined with their free neighbours and reused by best fit.
 */
export class BlockAllocator {
  /** Address behind the highest block: memory has to reach this far. */
  end: number;
  private readonly freeBlocks: number[][] = [];
  private readonly slabs: Span[] = [];
  private readonly spans: Span[] = [];

  constructor(start: number) {
    this.end = start;
  }

  /** Bytes that a block of this many bytes takes. */
  static blockBytes(bytes: number): number {
    if (bytes > LARGEST_SMALL_BYTES) return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return 1 << sizeClass(bytes);
  }

  allocate(bytes: number): number {
    return bytes > LARGEST_SMALL_BYTES
      ? this.takeSpan(BlockAllocator.blockBytes(bytes))
      : this.takeSmall(sizeClass(bytes));
  }

  free(pointer: number, bytes: number): void {
    if (bytes > LARGEST_SMALL_BYTES) this.giveSpan(pointer, BlockAllocator.blockBytes(bytes));
    else this.freeBlocksOf(sizeClass(bytes)).push(pointer);
  }

  private takeSmall(bits: number): number {
    const reused = this.freeBlocksOf(bits).pop();
    if (reused !== undefined) return reused;
    const slab = this.slabs[bits];
    const open = slab !== undefined && slab.bytes > 0 ? slab : { start: this.takeSpan(SLAB_BYTES), bytes: SLAB_BYTES };
    this.slabs[bits] = open;
    const pointer = open.start;
    open.start += 1 << bits;
    open.bytes -= 1 << bits;
    return pointer;
  }

  private freeBlocksOf(bits: number): number[] {
    const blocks = this.freeBlocks[bits] ?? [];
    this.freeBlocks[bits] = blocks;
    return blocks;
  }

  private takeSpan(bytes: number): number {
    let best: Span | undefined;
    for (const span of this.spans) {
      if (span.bytes >= bytes && (best === undefined || span.bytes < best.bytes)) best = span;
    }
    if (best === undefined) {
      const start = this.end;
      this.end += bytes;
      return start;
    }
    const start = best.start;
    best.start += bytes;
    best.bytes -= bytes;
    if (best.bytes === 0) this.spans.splice(this.spans.indexOf(best), 1);
    return start;
  }

  private giveSpan(start: number, bytes: number): void {
    let index = 0;
    let end = this.spans.length;
    while (index < end) {
      const middle = (index + end) >>> 1;
      if ((this.spans[middle] as Span).start < start) index = middle + 1;
      else end = middle;
    }
    const span = { start, bytes };
    const before = this.spans[index - 1];
    const after = this.spans[index];
    if (after !== undefined && start + bytes === after.start) {
      span.bytes += after.bytes;
      this.spans.splice(index, 1);
    }
    if (before !== undefined && before.start + before.bytes === start) {
      before.bytes += span.bytes;
      this.dropAtEnd(before);
    } else {
      this.spans.splice(index, 0, span);
      this.dropAtEnd(span);
    }
  }

  private dropAtEnd(span: Span): void {
    if (span.start + span.bytes !== this.end) return;
    this.end = span.start;
    this.spans.pop();
  }
}

/** Log2 of the power of two that holds `bytes`, at least 6. */
function sizeClass(bytes: number): number {
  return Math.max(SMALLEST_CLASS_BITS, 32 - Math.clz32(Math.max(bytes, 1) - 1));
}
