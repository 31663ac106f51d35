import { createArena } from "../kernel/arena.ts";
import { Segment, segmentIndex, segmentStart } from "./segment.ts";

describe("segments", () => {
  it("begin with 64 slots, double, and stay at 2,048", () => {
    expect(Array.from({ length: 12 }, (_, index) => segmentStart(index + 1) - segmentStart(index))).toEqual([
      64, 64, 128, 256, 512, 1_024, 2_048, 2_048, 2_048, 2_048, 2_048, 2_048,
    ]);
  });

  it("hold every slot once", () => {
    for (let slot = 0; slot < 100_000; slot++) {
      const index = segmentIndex(slot);
      if (slot < segmentStart(index) || slot >= segmentStart(index + 1))
        throw new Error(`slot ${slot}, segment ${index}`);
    }
    expect(segmentStart(segmentIndex(2 ** 26 - 1) + 1)).toBe(2 ** 26);
  });

  it("take 436 bytes a slot at 384 dimensions", () => {
    const segment = new Segment(createArena(), 384, 3);
    expect(segment.bytes / segment.slots).toBe(436);
  });
});
