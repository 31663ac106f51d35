const NEWLINE = 0x0a;
const PIECES_A_STEP = 4_096;
const decoder = new TextDecoder();

/** Hash of no byte; `hashByte(hash, byte)` is that of one more (FNV-1a). */
export const HASH_SEED = 0x811c9dc5;

export function hashByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 16_777_619);
}

/** Finds pieces of the vocabulary by their bytes; no string and no object a piece, because there are 128,000. */
export class PieceTable {
  /** Log probability of each piece. */
  readonly scores: Float32Array;
  #longestBytes = 0;
  #lowestScore = 0;
  readonly #bytes: Uint8Array;
  /** First byte of piece i; that of i + 1 stands behind its line break. */
  readonly #starts: Uint32Array;
  /** Open addressing: a piece, or 0 for none (0 is the unknown piece, which no text names). */
  readonly #slots: Uint32Array;

  private constructor(bytes: Uint8Array, scores: Float32Array) {
    this.scores = scores;
    this.#bytes = bytes;
    this.#starts = new Uint32Array(scores.length + 1);
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * scores.length)));
  }

  /**
   * Builds the table a step at a time, so that the caller can let others have their turn. `bytes`: a piece a line. The
   * first `reserved` pieces are signs of the model that no text can spell.
   */
  static *build(bytes: Uint8Array, scores: Float32Array, reserved: number): Generator<void, PieceTable> {
    const table = new PieceTable(bytes, scores);
    for (let piece = 0, at = 0; piece < scores.length; piece++) {
      at = table.#add(piece, at, piece >= reserved);
      if (piece % PIECES_A_STEP === 0) yield;
    }
    return table;
  }

  /** Length of the longest piece, in bytes. */
  get longestBytes(): number {
    return this.#longestBytes;
  }

  /** What a character costs that is no piece: SentencePiece's penalty. */
  get unknownScore(): number {
    return this.#lowestScore - 10;
  }

  /** The piece that is the bytes from `start` to `end` of a text, whose hash is given; 0 for none. */
  find(text: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const piece = this.#slots[slot] as number;
      if (piece === 0 || this.#is(piece, text, start, end)) return piece;
    }
  }

  /** What a piece is written as. */
  spelling(piece: number): string {
    const [start, next] = [this.#starts[piece], this.#starts[piece + 1]];
    return start === undefined || next === undefined ? "" : decoder.decode(this.#bytes.subarray(start, next - 1));
  }

  #is(piece: number, text: Uint8Array, start: number, end: number): boolean {
    let at = this.#starts[piece] as number;
    if ((this.#starts[piece + 1] as number) - 1 - at !== end - start) return false;
    for (let i = start; i < end; i++) if (this.#bytes[at++] !== text[i]) return false;
    return true;
  }

  /** Takes the line that begins at `start`; answers where the next one does. */
  #add(piece: number, start: number, spelt: boolean): number {
    const lineBreak = this.#bytes.indexOf(NEWLINE, start);
    const end = lineBreak === -1 ? this.#bytes.length : lineBreak;
    this.#starts[piece] = start;
    this.#starts[piece + 1] = end + 1;
    if (spelt) {
      this.#longestBytes = Math.max(this.#longestBytes, end - start);
      this.#lowestScore = Math.min(this.#lowestScore, this.scores[piece] as number);
      this.#insert(piece, start, end);
    }
    return end + 1;
  }

  #insert(piece: number, start: number, end: number): void {
    let hash = HASH_SEED;
    for (let i = start; i < end; i++) hash = hashByte(hash, this.#bytes[i] as number);
    const mask = this.#slots.length - 1;
    let slot = spread(hash) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = piece;
  }
}

/** The high bits of such a hash are better than the low ones. */
function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}
