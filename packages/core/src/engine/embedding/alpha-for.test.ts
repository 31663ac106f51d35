import { alphaFor } from "./alpha-for.ts";
import type { Embedder } from "./embedder.ts";

const embedder: Embedder = { id: "fake", dimensions: 8, calibration: { low: 0, high: 1 }, embed: async () => [] };

describe("alphaFor", () => {
  it("is the model's own, or a half", () => {
    expect(alphaFor({ ...embedder, defaultAlpha: 0.3 }, "a question")).toBe(0.3);
    expect(alphaFor(embedder, "a question")).toBe(0.5);
  });

  it.each([
    [0, 0],
    [0.5, 0],
    [0.7, 0.2],
    [0.9, 0.4],
    [1, 0.4],
  ])("of a model that knows a share of %d of the words is %d of 0.4", (coverage, alpha) => {
    expect(alphaFor({ ...embedder, defaultAlpha: 0.4, coverage: () => coverage }, "eine Frage")).toBeCloseTo(alpha);
  });
});
