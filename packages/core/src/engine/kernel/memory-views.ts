/** Typed arrays over a whole linear memory: index = byte offset / element size. */
export interface MemoryViews {
  readonly int8: Int8Array<ArrayBuffer>;
  readonly uint8: Uint8Array<ArrayBuffer>;
  readonly int16: Int16Array<ArrayBuffer>;
  readonly int32: Int32Array<ArrayBuffer>;
  readonly uint32: Uint32Array<ArrayBuffer>;
  readonly float32: Float32Array<ArrayBuffer>;
}

const viewsByBuffer = new WeakMap<ArrayBuffer, MemoryViews>();

/**
 * Views of the memory's current buffer. Growing replaces the buffer, so take them anew after any `allocate`; taking
 * them again from the same buffer costs one look-up.
 */
export function viewsOf(memory: { readonly buffer: ArrayBuffer }): MemoryViews {
  const { buffer } = memory;
  let views = viewsByBuffer.get(buffer);
  if (views === undefined) {
    views = {
      int8: new Int8Array(buffer),
      uint8: new Uint8Array(buffer),
      int16: new Int16Array(buffer),
      int32: new Int32Array(buffer),
      uint32: new Uint32Array(buffer),
      float32: new Float32Array(buffer),
    };
    viewsByBuffer.set(buffer, views);
  }
  return views;
}
