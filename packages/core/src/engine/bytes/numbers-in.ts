/** The little-endian numbers that `bytes` hold: a view where they are aligned, else a copy; what is left over is left out. */
export function numbersIn<T extends Uint32Array | Float64Array>(
  bytes: Uint8Array,
  type: { new (buffer: ArrayBufferLike, byteOffset: number, length: number): T; readonly BYTES_PER_ELEMENT: number },
): T {
  const { buffer, byteOffset } = bytes.byteOffset % type.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  return new type(buffer, byteOffset, Math.floor(bytes.length / type.BYTES_PER_ELEMENT));
}
