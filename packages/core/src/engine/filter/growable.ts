type Numbers = Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** The array itself when it has `length` entries, else a copy twice as long or more. */
export function grow<T extends Numbers>(array: T, length: number): T {
  if (length <= array.length) return array;
  const copy = new (array.constructor as new (length: number) => T)(Math.max(4, length, array.length * 2));
  copy.set(array);
  return copy;
}

/** The bytes of the first `count` entries, and back; little-endian. */
export function toBytes(array: Numbers, count: number): Uint8Array {
  return new Uint8Array(array.slice(0, count).buffer);
}

/** Throws a RangeError when the bytes do not hold `count` entries. */
export function fromBytes<T extends Numbers>(
  type: new (buffer: ArrayBuffer) => T,
  bytes: Uint8Array,
  count: number,
): T {
  const array = new type(bytes.slice().buffer as ArrayBuffer);
  if (array.length !== count) throw new RangeError(`a part holds ${array.length} values, not ${count}`);
  return array;
}
