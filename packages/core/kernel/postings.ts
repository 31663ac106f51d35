/** Each posting is slot << 6 | term frequency. */
export function addPostings(
  postings: usize, count: i32, accumulator: usize, lengthClass: usize, norms: usize, weight: f32,
): void {
  const end = postings + (<usize>count << 2);
  while (postings < end) {
    const posting = load<u32>(postings);
    const slot = <usize>(posting >> 6);
    const frequency = <f32>(posting & 63);
    const norm = load<f32>(norms + (<usize>load<u8>(lengthClass + slot) << 2));
    const sum = accumulator + (slot << 2);
    store<f32>(sum, load<f32>(sum) + (weight * frequency) / (frequency + norm));
    postings += 4;
  }
}
