@inline
function swizzle(table: v128, indexes: v128): v128 {
  // Indexes are 0 to 15, where both give the same.
  if (ASC_FEATURE_RELAXED_SIMD) return i8x16.relaxed_swizzle(table, indexes);
  return i8x16.swizzle(table, indexes);
}

/** The lookup values of 16 code bytes: of their low four bits plus of their high four bits. */
@inline
export function lookUp(code: v128, low: v128, high: v128): v128 {
  return i8x16.add(swizzle(low, v128.and(code, i8x16.splat(15))), swizzle(high, i8x16.shr_u(code, 4)));
}
