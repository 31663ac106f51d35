import { heapBegin, replaceWorst, sortBestFirst } from "./javascript-heap.ts";
import type { MemoryViews } from "./memory-views.ts";

/** See `Kernel.topScores`. `outScores` and `outPositions` hold a heap, worst first, until it is sorted at the end. */
export function topScores(
  views: MemoryViews,
  scores: number,
  count: number,
  live: number,
  k: number,
  outScores: number,
  outPositions: number,
): number {
  const { float32, uint32, uint8 } = views;
  const all = scores >>> 2;
  const heapScores = float32.subarray(outScores >>> 2, (outScores >>> 2) + k);
  const heapPositions = uint32.subarray(outPositions >>> 2, (outPositions >>> 2) + k);
  heapBegin(heapScores, heapPositions, k, 0);
  let found = 0;
  if (k > 0) {
    for (let i = 0; i < count; i++) {
      const score = float32[all + i] as number;
      if (!(score > (heapScores[0] as number))) continue;
      if (live !== 0 && (((uint8[live + (i >>> 3)] as number) >>> (i & 7)) & 1) === 0) continue;
      replaceWorst(heapScores, heapPositions, k, score, i);
      if (found < k) found++;
    }
    sortBestFirst(heapScores, heapPositions, k);
  }
  return found;
}
