import { heapBegin, replaceWorst, sortBestFirst } from "./heap";

let found: i32 = 0;

@inline
function offer(scores: usize, i: i32, live: usize, k: i32, outScores: usize, outPositions: usize): void {
  const score = load<f32>(scores + (<usize>i << 2));
  if (!(score > load<f32>(outScores))) return;
  if (live != 0 && ((load<u8>(live + (<usize>i >> 3)) >> <u8>(i & 7)) & 1) == 0) return;
  replaceWorst(outScores, outPositions, k, score, i);
  found++;
}

export function topScores(
  scores: usize, count: i32, live: usize, k: i32, outScores: usize, outPositions: usize,
): i32 {
  if (k > 0) {
    found = 0;
    heapBegin(outScores, outPositions, k);
    const unrolled = count & ~15;
    let worst = f32x4.splat(0);
    for (let i = 0; i < unrolled; i += 16) {
      const at = scores + (<usize>i << 2);
      const best = f32x4.max(
        f32x4.max(v128.load(at), v128.load(at, 16)),
        f32x4.max(v128.load(at, 32), v128.load(at, 48)),
      );
      if (v128.any_true(f32x4.gt(best, worst))) {
        for (let j = i; j < i + 16; j++) offer(scores, j, live, k, outScores, outPositions);
        worst = f32x4.splat(load<f32>(outScores));
      }
    }
    for (let i = unrolled; i < count; i++) offer(scores, i, live, k, outScores, outPositions);
    sortBestFirst(outScores, outPositions, k);
  }
  return k > 0 ? min(found, k) : 0;
}
