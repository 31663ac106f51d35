/** Bytes that are read when it is their turn to be packed: a view that holds for that moment, instead of a copy. */
export interface LateBytes {
  readonly length: number;
  view(): Uint8Array;
}
