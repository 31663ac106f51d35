import type { VectorRows } from "../data/clustered-vectors.ts";

/** The plain thing: every document's dot product in a JavaScript loop over float32, the best k kept in order. Exact. */
export function float32Loop({ values, count, dimensions }: VectorRows): (query: Float32Array, k: number) => number[] {
  return (query, k) => {
    const scores = new Float64Array(k).fill(Number.NEGATIVE_INFINITY);
    const best = new Uint32Array(k);
    for (let i = 0, at = 0; i < count; i++) {
      let dot = 0;
      for (let j = 0; j < dimensions; j++, at++) dot += (values[at] as number) * (query[j] as number);
      if (dot <= (scores[k - 1] as number)) continue;
      let place = k - 1;
      for (; place > 0 && (scores[place - 1] as number) < dot; place--) {
        scores[place] = scores[place - 1] as number;
        best[place] = best[place - 1] as number;
      }
      scores[place] = dot;
      best[place] = i;
    }
    return Array.from(best.subarray(0, Math.min(k, count)));
  };
}
