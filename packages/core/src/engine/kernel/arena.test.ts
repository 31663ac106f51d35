import fc from "fast-check";
import { createArena } from "./arena.ts";
import { BlockAllocator } from "./block-allocator.ts";
import type { Kernel } from "./kernel.ts";

const kernels: Kernel["name"][] = ["javascript", "wasm-simd", "wasm-relaxed-simd"];

const step = fc.oneof(
  fc.record({ allocate: fc.oneof(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 1_000_000 })) }),
  fc.record({ free: fc.nat() }),
);

interface Block {
  pointer: number;
  bytes: number;
  mark: number;
}

describe.each(kernels)("createArena with %s", (kernel) => {
  it("hands out zeroed, aligned blocks that keep their bytes and never overlap", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const arena = createArena({ kernel });
        const blocks: Block[] = [];
        let mark = 0;
        for (const action of steps) {
          if ("allocate" in action) {
            const bytes = action.allocate;
            const pointer = arena.allocate(bytes);
            const content = new Uint8Array(arena.buffer, pointer, bytes);
            expect(pointer % 64).toBe(0);
            expect(pointer).toBeGreaterThan(0);
            expect(content.every((byte) => byte === 0)).toBe(true);
            mark = (mark % 255) + 1;
            content.fill(mark);
            blocks.push({ pointer, bytes, mark });
          } else if (blocks.length > 0) {
            const [block] = blocks.splice(action.free % blocks.length, 1) as [Block];
            arena.free(block.pointer, block.bytes);
          }
        }
        for (const { pointer, bytes, mark } of blocks) {
          expect(new Uint8Array(arena.buffer, pointer, bytes).every((byte) => byte === mark)).toBe(true);
        }
        expect(arena.allocatedBytes).toBe(blocks.reduce((sum, { bytes }) => sum + BlockAllocator.blockBytes(bytes), 0));
      }),
      { numRuns: 40 },
    );
  });

  it("does not grow when blocks are freed and allocated again", () => {
    const arena = createArena({ kernel });
    const sizes = [10, 100, 5_000, 32_768, 32_769, 100_000, 700_000];
    const round = () => sizes.map((bytes) => ({ bytes, pointer: arena.allocate(bytes) }));
    for (const { bytes, pointer } of round()) arena.free(pointer, bytes);
    const { byteLength } = arena.buffer;
    for (let i = 0; i < 50; i++) for (const { bytes, pointer } of round()) arena.free(pointer, bytes);
    expect(arena.buffer.byteLength).toBe(byteLength);
    expect(arena.allocatedBytes).toBe(0);
  });

  it("joins free neighbours into room for a larger block", () => {
    const arena = createArena({ kernel });
    const parts = Array.from({ length: 4 }, () => arena.allocate(100_032));
    const fence = arena.allocate(100_032);
    for (const index of [1, 3, 0, 2]) arena.free(parts[index] as number, 100_032);
    expect(arena.allocate(400_128)).toBe(parts[0]);
    expect(fence).toBe((parts[3] as number) + 100_032);
  });

  it("refuses what does not fit into 4 GiB, naming the numbers, and still serves afterwards", () => {
    const arena = createArena({ kernel });
    expect(() => arena.allocate(2 ** 32)).toThrow(
      "Out of memory: 4294967296 bytes more do not fit beside the 0 in use; one memory holds at most 4294901760 bytes.",
    );
    expect(arena.allocatedBytes).toBe(0);
    expect(arena.allocate(100_000)).toBeLessThan(1_000);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses a block of %d bytes", (bytes) => {
    expect(() => createArena({ kernel }).allocate(bytes)).toThrow(RangeError);
  });
});

it("works on memory above 2 GiB", () => {
  const arena = createArena({ kernel: "wasm-simd" });
  arena.allocate(2 ** 31 + 2 ** 20);
  const scores = arena.allocate(64);
  const out = arena.allocate(64);
  const positions = arena.allocate(64);
  expect(scores).toBeGreaterThan(2 ** 31);
  new Float32Array(arena.buffer, scores, 3).set([1, 3, 2]);
  expect(arena.kernel.topScores(scores, 3, 0, 2, out, positions)).toBe(2);
  expect([...new Uint32Array(arena.buffer, positions, 2)]).toEqual([1, 2]);
});
