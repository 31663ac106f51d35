/** Bytes of a shortlist's state: 32 of counters, 32 for the scores of half a block, then a histogram of 4,096 uint32. */
export const SHORTLIST_STATE_BYTES = 64 + 4_096 * 4;

/**
 * The inner loops, over one linear memory. All pointers are byte offsets into `Arena.memory`; ids are document slots.
 * There are two implementations with the same answers: WebAssembly SIMD (plain and relaxed) and plain JavaScript.
 */
export interface Kernel {
  readonly name: "wasm-relaxed-simd" | "wasm-simd" | "javascript";

  // --- dense -------------------------------------------------------------------------------------------------------
  /**
   * Starts a shortlist of the best `wanted` (at least 1) by one-bit codes. `state` points to `SHORTLIST_STATE_BYTES`,
   * `buffer` to `capacity` pairs (slot u32, score u32); `capacity` is at least 2 x `wanted`.
   */
  shortlistBegin(state: number, wanted: number, capacity: number): void;
  /**
   * Scans `count` codes (blocks of 32, byte-transposed: for each byte of the code 32 bytes, one a document) whose first
   * slot is `firstSlot` (a multiple of 32). `lookup` holds 16 bytes for each 4 dimensions (values 0..63), and no sum of
   * one value for each 4 dimensions is above 32,767. `live` points to a bitmap (bit i: firstSlot + i takes part), 0 for
   * all. Parts are to be scanned in ascending order of `firstSlot`.
   */
  shortlistScan(
    codes: number,
    count: number,
    codeBytes: number,
    lookup: number,
    live: number,
    state: number,
    buffer: number,
    firstSlot: number,
  ): void;
  /**
   * Writes the shortlisted slots (u32, ascending) to `slots`; answers how many: at least min(wanted, live), at most
   * `capacity`. Scores are compared in steps of 8, so everything that falls on the last step is kept.
   */
  shortlistEnd(state: number, buffer: number, slots: number): number;
  /**
   * Scores = int dot(row int8, query int16) x scale[slot]. `slotOffset` is subtracted from slots to find row and scale.
   * Appends nothing: writes `count` float32 to `scores`, in the order of `slots`.
   */
  scoreInt8(
    rows: number,
    scales: number,
    dimensions: number,
    query: number,
    slots: number,
    slotOffset: number,
    count: number,
    scores: number,
  ): void;

  /**
   * Late interaction: for each of `count` documents the sum over the query's tokens of the best of the document's tokens,
   * as uint32 to `sums`. `documents` holds pairs of uint32: where its codes are, and how many blocks of 16 tokens (for each
   * byte of the code 16 bytes, one a token). `lookup` holds a table for each token of the query, 16 bytes for each 4
   * dimensions as in `shortlistScan`, and no sum of one value for each 4 dimensions is above 32,767.
   */
  maxSim(documents: number, count: number, codeBytes: number, lookup: number, queryTokens: number, sums: number): void;

  // --- sparse ------------------------------------------------------------------------------------------------------
  /**
   * Adds one term's weight to `accumulator[slot]` (float32) for each of `count` postings: u32 each, slot << 6 | min(tf, 63).
   * `lengthClass` is one byte a slot, `norms` 256 float32: k1 x (1 - b + b x length / average) for each class.
   * score += weight x tf / (tf + norms[class]).
   */
  addPostings(
    postings: number,
    count: number,
    accumulator: number,
    lengthClass: number,
    norms: number,
    weight: number,
  ): void;

  // --- top k -------------------------------------------------------------------------------------------------------
  /**
   * The best `k` of `count` float32 scores above 0 that are live: writes scores (f32) and positions (u32) best first,
   * ties by position, answers how many.
   */
  topScores(scores: number, count: number, live: number, k: number, outScores: number, outPositions: number): number;
}

/** Linear memory and the kernel that works on it. Views must be taken anew after any `allocate`. */
export interface Arena {
  readonly kernel: Kernel;
  /** The current buffer; replaced or detached when it grows. */
  readonly buffer: ArrayBuffer;
  /** 64-byte aligned, zeroed. Throws a RangeError when memory is exhausted. */
  allocate(bytes: number): number;
  /** Gives a block back; `bytes` as it was allocated. The block is zeroed. */
  free(pointer: number, bytes: number): void;
  readonly allocatedBytes: number;
}
