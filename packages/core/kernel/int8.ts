/** Dot product of `dimensions` (a multiple of 8) int8 with as many int16. */
@inline
function dot(row: usize, query: usize, dimensions: i32): i32 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = row + <usize>dimensions;
  const unrolledEnd = row + <usize>(dimensions & ~31);
  while (row < unrolledEnd) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row), v128.load(query)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(row, 8), v128.load(query, 16)));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(row, 16), v128.load(query, 32)));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(row, 24), v128.load(query, 48)));
    row += 32;
    query += 64;
  }
  while (row < end) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row), v128.load(query)));
    row += 8;
    query += 16;
  }
  a = i32x4.add(i32x4.add(a, b), i32x4.add(c, d));
  return (
    i32x4.extract_lane(a, 0) + i32x4.extract_lane(a, 1) + i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3)
  );
}

export function scoreInt8(
  rows: usize, scales: usize, dimensions: i32, query: usize, slots: usize, slotOffset: u32, count: i32, scores: usize,
): void {
  for (let i = 0; i < count; i++) {
    const index = <usize>(load<u32>(slots) - slotOffset);
    store<f32>(scores, <f32>dot(rows + index * <usize>dimensions, query, dimensions) * load<f32>(scales + (index << 2)));
    slots += 4;
    scores += 4;
  }
}
