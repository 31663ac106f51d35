/** Slots with their scores: the first `count` of both arrays. */
export interface ScoredSlots {
  count: number;
  slots: Uint32Array;
  scores: Float32Array;
}
