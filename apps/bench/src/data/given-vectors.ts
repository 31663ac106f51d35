import type { Embedder } from "@sotto/core";

/** For documents and queries that bring their vectors: it is never asked for one. */
export function givenVectors(dimensions: number): Embedder {
  return {
    id: `given-${dimensions}`,
    dimensions,
    calibration: { low: 0, high: 1 },
    defaultAlpha: 0.4,
    embed: () => Promise.reject(new Error("Every document and query of this bench brings its vector.")),
  };
}
