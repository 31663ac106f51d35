/** A quantized vector as it lies in the database: its scale as a little-endian float32, then its values as int8. */
export function packVector({ scale, values }: { scale: number; values: Int8Array }): Buffer {
  const bytes = Buffer.alloc(4 + values.length);
  bytes.writeFloatLE(scale, 0);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), 4);
  return bytes;
}

export function unpackVector(bytes: Buffer): { scale: number; values: Int8Array } {
  return { scale: bytes.readFloatLE(0), values: new Int8Array(bytes.subarray(4)) };
}
