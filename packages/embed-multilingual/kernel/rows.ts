// What happens between the products, on rows of float32 whose length is a multiple of 8.

/** Largest whole number that a row is scaled to: 1,280 of them times 127 stay below 2^31. */
const LARGEST: f32 = 13000;

/** out[i] = row[i] * scale + low, of bytes. */
export function dequantise(row: usize, length: i32, scale: f32, low: f32, out: usize): void {
  const by = f32x4.splat(scale);
  const plus = f32x4.splat(low);
  for (let i = 0; i < length; i += 8) {
    const wide = v128.load_ext<u8>(row);
    const first = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(wide));
    const second = f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(wide));
    v128.store(out, f32x4.add(f32x4.mul(first, by), plus));
    v128.store(out, f32x4.add(f32x4.mul(second, by), plus), 16);
    row += 8;
    out += 32;
  }
}

/** Rows as int16 with a scale each. `stride`: bytes from one row to the next, of the floats. */
export function quantise(a: usize, stride: usize, rows: i32, length: i32, out: usize, scales: usize): void {
  for (let row = 0; row < rows; row++) {
    let most = f32x4.splat(0);
    for (let i: usize = 0, end = <usize>length << 2; i < end; i += 16) most = f32x4.max(most, f32x4.abs(v128.load(a + i)));
    const largest = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );
    const by = f32x4.splat(largest > 0 ? LARGEST / largest : 0);
    store<f32>(scales, largest / LARGEST);
    for (let i: usize = 0, end = <usize>length << 2; i < end; i += 32) {
      const first = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(a + i), by)));
      const second = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(a + i, 16), by)));
      v128.store(out, i16x8.narrow_i32x4_s(first, second));
      out += 16;
    }
    a += stride;
    scales += 4;
  }
}

/** a += bias, in each row. */
export function addBias(a: usize, stride: usize, rows: i32, length: i32, bias: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0, end = <usize>length << 2; i < end; i += 16) {
      v128.store(a + i, f32x4.add(v128.load(a + i), v128.load(bias + i)));
    }
    a += stride;
  }
}

/** out = relu(a + bias) + before, in each row; a: rows one behind the other, the others with a stride. */
export function addResidual(
  a: usize, rows: i32, length: i32, bias: usize, before: usize, beforeStride: usize, out: usize, outStride: usize,
): void {
  const zero = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0, end = <usize>length << 2; i < end; i += 16) {
      const positive = f32x4.max(f32x4.add(v128.load(a), v128.load(bias + i)), zero);
      v128.store(out + i, f32x4.add(positive, v128.load(before + i)));
      a += 16;
    }
    before += beforeStride;
    out += outStride;
  }
}

@inline
function sumOf(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1) + f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3)
  );
}

/** Layer norm of each row, in place: (a - mean) / sqrt(variance + epsilon) * gain + offset. */
export function normalise(a: usize, rows: i32, length: i32, gain: usize, offset: usize, epsilon: f32): void {
  const bytes = <usize>length << 2;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) sum = f32x4.add(sum, v128.load(a + i));
    const mean = f32x4.splat(sumOf(sum) / <f32>length);
    let square = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const from = f32x4.sub(v128.load(a + i), mean);
      square = f32x4.add(square, f32x4.mul(from, from));
    }
    const by = f32x4.splat(<f32>1 / sqrt(sumOf(square) / <f32>length + epsilon));
    for (let i: usize = 0; i < bytes; i += 16) {
      const scaled = f32x4.mul(f32x4.mul(f32x4.sub(v128.load(a + i), mean), by), v128.load(gain + i));
      v128.store(a + i, f32x4.add(scaled, v128.load(offset + i)));
    }
    a += bytes;
  }
}

/** out += the sum of the rows. */
export function sumRows(a: usize, rows: i32, length: i32, out: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0, end = <usize>length << 2; i < end; i += 16) {
      v128.store(out + i, f32x4.add(v128.load(out + i), v128.load(a)));
      a += 16;
    }
  }
}
