// A heap of (score f32, position u32) in two arrays, the worst on top. Of two, the lower score is worse, and of equal
// ones the later position.

@inline
function isWorse(scores: usize, positions: usize, i: i32, score: f32, position: u32): bool {
  const other = load<f32>(scores + (<usize>i << 2));
  return other < score || (other == score && load<u32>(positions + (<usize>i << 2)) > position);
}

/** Fills the heap with `k` entries that anything above 0 replaces. */
export function heapBegin(scores: usize, positions: usize, k: i32): void {
  memory.fill(scores, 0, <usize>k << 2);
  memory.fill(positions, 0xff, <usize>k << 2);
}

/** Puts (score, position) in place of the worst and restores the order. */
export function replaceWorst(scores: usize, positions: usize, k: i32, score: f32, position: u32): void {
  let i = 0;
  while (true) {
    let child = 2 * i + 1;
    if (child >= k) break;
    const at = <usize>child << 2;
    if (child + 1 < k && isWorse(scores, positions, child + 1, load<f32>(scores + at), load<u32>(positions + at))) child++;
    if (!isWorse(scores, positions, child, score, position)) break;
    store<f32>(scores + (<usize>i << 2), load<f32>(scores + (<usize>child << 2)));
    store<u32>(positions + (<usize>i << 2), load<u32>(positions + (<usize>child << 2)));
    i = child;
  }
  store<f32>(scores + (<usize>i << 2), score);
  store<u32>(positions + (<usize>i << 2), position);
}

export function sortBestFirst(scores: usize, positions: usize, k: i32): void {
  for (let last = k - 1; last > 0; last--) {
    const at = <usize>last << 2;
    const score = load<f32>(scores);
    const position = load<u32>(positions);
    replaceWorst(scores, positions, last, load<f32>(scores + at), load<u32>(positions + at));
    store<f32>(scores + at, score);
    store<u32>(positions + at, position);
  }
}
