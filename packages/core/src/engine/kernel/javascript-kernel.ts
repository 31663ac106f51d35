import { maxSim } from "./javascript-max-sim.ts";
import { shortlistBegin, shortlistEnd, shortlistScan } from "./javascript-shortlist.ts";
import { topScores } from "./javascript-top.ts";
import type { Kernel } from "./kernel.ts";
import { viewsOf } from "./memory-views.ts";

/**
 * The kernel without WebAssembly, for places where that is forbidden or has no SIMD. Sums are rounded to float32 at
 * the same steps, so the answers are those of the WebAssembly kernels.
 */
export function createJavaScriptKernel(memory: { readonly buffer: ArrayBuffer }): Kernel {
  return {
    name: "javascript",
    shortlistBegin: (state, wanted, capacity) => shortlistBegin(viewsOf(memory), state, wanted, capacity),
    shortlistScan: (codes, count, codeBytes, lookup, live, state, buffer, firstSlot) =>
      shortlistScan(viewsOf(memory), codes, count, codeBytes, lookup, live, state, buffer, firstSlot),
    shortlistEnd: (state, buffer, slots) => shortlistEnd(viewsOf(memory), state, buffer, slots),
    scoreInt8(rows, scales, dimensions, query, slots, slotOffset, count, scores) {
      const { int8, int16, uint32, float32 } = viewsOf(memory);
      const firstOfQuery = query >>> 1;
      for (let i = 0; i < count; i++) {
        const index = (uint32[(slots >>> 2) + i] as number) - slotOffset;
        const row = rows + index * dimensions;
        let dot = 0;
        for (let d = 0; d < dimensions; d++) dot += (int8[row + d] as number) * (int16[firstOfQuery + d] as number);
        float32[(scores >>> 2) + i] = Math.fround(dot) * (float32[(scales >>> 2) + index] as number);
      }
    },
    maxSim: (documents, count, codeBytes, lookup, queryTokens, sums) =>
      maxSim(viewsOf(memory), documents, count, codeBytes, lookup, queryTokens, sums),
    addPostings(postings, count, accumulator, lengthClass, norms, weight) {
      const { uint8, uint32, float32 } = viewsOf(memory);
      const first = postings >>> 2;
      const sums = accumulator >>> 2;
      const normOf = norms >>> 2;
      const w = Math.fround(weight);
      for (let i = first; i < first + count; i++) {
        const posting = uint32[i] as number;
        const slot = posting >>> 6;
        const tf = posting & 63;
        const norm = float32[normOf + (uint8[lengthClass + slot] as number)] as number;
        (float32[sums + slot] as number) += Math.fround(Math.fround(w * tf) / Math.fround(tf + norm));
      }
    },
    topScores: (scores, count, live, k, outScores, outPositions) =>
      topScores(viewsOf(memory), scores, count, live, k, outScores, outPositions),
  };
}
