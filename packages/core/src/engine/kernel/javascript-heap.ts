// A heap of (score, position) in two arrays, the worst first. Of two, the lower score is worse, and of equal ones the
// later position.

/** Fills the first `k` places with what anything above `floor` replaces. */
export function heapBegin(scores: Float32Array, positions: Uint32Array, k: number, floor: number): void {
  scores.fill(floor, 0, k);
  positions.fill(0xffffffff, 0, k);
}

/** Puts (score, position) in place of the worst and restores the order. */
export function replaceWorst(
  scores: Float32Array,
  positions: Uint32Array,
  k: number,
  score: number,
  position: number,
): void {
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= k) break;
    if (child + 1 < k && isWorse(scores, positions, child + 1, scores[child] as number, positions[child] as number))
      child++;
    if (!isWorse(scores, positions, child, score, position)) break;
    scores[i] = scores[child] as number;
    positions[i] = positions[child] as number;
    i = child;
  }
  scores[i] = score;
  positions[i] = position;
}

function isWorse(scores: Float32Array, positions: Uint32Array, i: number, score: number, position: number): boolean {
  const other = scores[i] as number;
  return other < score || (other === score && (positions[i] as number) > position);
}

export function sortBestFirst(scores: Float32Array, positions: Uint32Array, k: number): void {
  for (let last = k - 1; last > 0; last--) {
    const score = scores[0] as number;
    const position = positions[0] as number;
    replaceWorst(scores, positions, last, scores[last] as number, positions[last] as number);
    scores[last] = score;
    positions[last] = position;
  }
}
