import { isExact, shortlistSize } from "./search-plan.ts";

describe("shortlistSize", () => {
  it.each([
    [2_000, 10, 200],
    [10_000, 10, 200],
    [100_000, 10, 448],
    [1_000_000, 10, 1_002],
    [10_000, 500, 1_000],
  ])("at %d documents and %d wanted is %d", (documents, wanted, size) => {
    expect(shortlistSize(documents, wanted)).toBe(size);
  });
});

describe("isExact", () => {
  it.each([
    [1_000, 1_000, true],
    [1_001, 1_001, false],
    [5_000, 100_000, true],
    [5_001, 100_000, false],
    [0, 0, true],
  ])("with %d taking part of %d is %s", (live, slotCount, answer) => {
    expect(isExact(live, slotCount)).toBe(answer);
  });
});
