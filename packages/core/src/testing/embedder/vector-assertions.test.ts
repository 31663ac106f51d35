import type { Embedder } from "../../engine/embedding/embedder.ts";
import { assertSameVector, assertUnitVector } from "./vector-assertions.ts";

const embedder: Embedder = { id: "fake", dimensions: 8, calibration: { low: 0, high: 1 }, embed: async () => [] };
const unit = Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0);
const other = Float32Array.of(0, 1, 0, 0, 0, 0, 0, 0);

describe("assertUnitVector", () => {
  it("accepts a vector of length 1", () => {
    expect(() => assertUnitVector(unit, embedder, "text")).not.toThrow();
  });

  it.each<[string, Float32Array | null | undefined, string]>([
    ["none", undefined, '"text" should have a vector, but got undefined'],
    ["null", null, '"text" should have a vector, but got null'],
    ["a wrong type", Float64Array.of(1) as unknown as Float32Array, "has the wrong type"],
    ["too few dimensions", unit.subarray(4), "has the wrong number of dimensions"],
    ["another length", unit.map((value) => value * 2), "should have length 1, but has 2"],
    ["a value that is no number", unit.map(() => Number.NaN), "should have length 1, but has NaN"],
  ])("refuses %s", (_, vector, message) => {
    expect(() => assertUnitVector(vector, embedder, "text")).toThrow(message);
  });
});

describe("assertSameVector", () => {
  it("accepts two that are alike, or both null", () => {
    expect(() => assertSameVector(unit, new Float32Array(unit), 1e-6, "it")).not.toThrow();
    expect(() => assertSameVector(null, null, 1e-6, "it")).not.toThrow();
  });

  it("refuses two that differ, or of which one is null", () => {
    expect(() => assertSameVector(unit, other, 0.5, "it")).toThrow("it: 1 - cosine should be at most 0.5, but is 1");
    expect(() => assertSameVector(unit, null, 0.5, "it")).toThrow("it: one is null and the other is not");
  });
});
