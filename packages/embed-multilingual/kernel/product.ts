// Matrices are int8 in blocks of eight columns: for each two inputs the 16 values of the block, a column's two side by
// side, so that one multiplication of pairs (i32x4.dot_i16x8_s) serves four columns.

/** Adds the products of four rows with one block of eight columns, each times its row's scale, to four rows of out. */
@inline
function fourRows(a: usize, stride: usize, scales: usize, length: i32, weights: usize, scale: f32, out: usize, outStride: usize): void {
  let a0l = i32x4.splat(0), a0h = a0l, a1l = a0l, a1h = a0l, a2l = a0l, a2h = a0l, a3l = a0l, a3h = a0l;
  const end = a + (<usize>length << 1);
  while (a < end) {
    const pair = v128.load(weights);
    const low = i16x8.extend_low_i8x16_s(pair);
    const high = i16x8.extend_high_i8x16_s(pair);
    const x0 = v128.load32_splat(a);
    a0l = i32x4.add(a0l, i32x4.dot_i16x8_s(x0, low));
    a0h = i32x4.add(a0h, i32x4.dot_i16x8_s(x0, high));
    const x1 = v128.load32_splat(a + stride);
    a1l = i32x4.add(a1l, i32x4.dot_i16x8_s(x1, low));
    a1h = i32x4.add(a1h, i32x4.dot_i16x8_s(x1, high));
    const x2 = v128.load32_splat(a + 2 * stride);
    a2l = i32x4.add(a2l, i32x4.dot_i16x8_s(x2, low));
    a2h = i32x4.add(a2h, i32x4.dot_i16x8_s(x2, high));
    const x3 = v128.load32_splat(a + 3 * stride);
    a3l = i32x4.add(a3l, i32x4.dot_i16x8_s(x3, low));
    a3h = i32x4.add(a3h, i32x4.dot_i16x8_s(x3, high));
    weights += 16;
    a += 4;
  }
  addScaled(out, a0l, a0h, load<f32>(scales) * scale);
  addScaled(out + outStride, a1l, a1h, load<f32>(scales, 4) * scale);
  addScaled(out + 2 * outStride, a2l, a2h, load<f32>(scales, 8) * scale);
  addScaled(out + 3 * outStride, a3l, a3h, load<f32>(scales, 12) * scale);
}

@inline
function oneRow(a: usize, scales: usize, length: i32, weights: usize, scale: f32, out: usize): void {
  let low = i32x4.splat(0), high = low;
  const end = a + (<usize>length << 1);
  while (a < end) {
    const pair = v128.load(weights);
    const x = v128.load32_splat(a);
    low = i32x4.add(low, i32x4.dot_i16x8_s(x, i16x8.extend_low_i8x16_s(pair)));
    high = i32x4.add(high, i32x4.dot_i16x8_s(x, i16x8.extend_high_i8x16_s(pair)));
    weights += 16;
    a += 4;
  }
  addScaled(out, low, high, load<f32>(scales) * scale);
}

@inline
function addScaled(out: usize, low: v128, high: v128, scale: f32): void {
  const by = f32x4.splat(scale);
  v128.store(out, f32x4.add(v128.load(out), f32x4.mul(f32x4.convert_i32x4_s(low), by)));
  v128.store(out, f32x4.add(v128.load(out, 16), f32x4.mul(f32x4.convert_i32x4_s(high), by)), 16);
}

export function product(
  a: usize, scales: usize, rows: i32, segments: i32, length: i32, weights: usize, scale: f32, columns: i32, out: usize,
  outStride: usize,
): void {
  const stride = <usize>length << 1;
  const segmentBytes = <usize>length << 3;
  for (let row = 0; row < rows; row++) memory.fill(out + <usize>row * outStride, 0, <usize>columns << 2);
  for (let column = 0; column < columns; column += 8) {
    for (let segment = 0; segment < segments; segment++) {
      let row = 0;
      let from = a + <usize>segment * stride;
      let scaleOf = scales + (<usize>segment << 2);
      let to = out + (<usize>column << 2);
      for (; row + 4 <= rows; row += 4) {
        fourRows(from, stride, scaleOf, length, weights, scale, to, outStride);
        from += 4 * stride;
        scaleOf += 16;
        to += 4 * outStride;
      }
      for (; row < rows; row++) {
        oneRow(from, scaleOf, length, weights, scale, to);
        from += stride;
        scaleOf += 4;
        to += outStride;
      }
      weights += segmentBytes;
    }
  }
}
