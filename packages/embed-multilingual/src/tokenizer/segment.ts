import { charBytes } from "./normalise.ts";
import { HASH_SEED, hashByte, type PieceTable } from "./piece-table.ts";

/** The unknown piece. */
export const UNKNOWN = 0;

/**
 * The most probable way to write words as pieces (a unigram model's, found by Viterbi's algorithm). A character that is no
 * piece is the unknown piece, a run of such characters one of them; of equally probable ways the one wins whose last
 * piece begins first. The arrays are reused: one of these serves one text at a time.
 */
export class Segmenter {
  readonly #table: PieceTable;
  #scores = new Float32Array(0);
  #starts = new Int32Array(0);
  #pieces = new Int32Array(0);

  constructor(table: PieceTable) {
    this.#table = table;
  }

  /** Puts the pieces of the bytes from `start` to `end` of a text behind `pieces`. */
  segment(text: Uint8Array, start: number, end: number, pieces: number[]): void {
    this.#reset(end - start + 1);
    for (let at = start; at < end; at += charBytes(text[at] as number)) this.#extend(text, start, at, end);
    const reversed: number[] = [];
    for (let at = end - start; at > 0; at = this.#starts[at] as number) {
      const piece = this.#pieces[at] as number;
      if (piece !== UNKNOWN || reversed.at(-1) !== UNKNOWN) reversed.push(piece);
    }
    for (let i = reversed.length - 1; i >= 0; i--) pieces.push(reversed[i] as number);
  }

  /** Tries every piece that begins at `from`. */
  #extend(text: Uint8Array, start: number, from: number, end: number): void {
    const table = this.#table;
    const before = this.#scores[from - start] as number;
    const firstEnd = from + charBytes(text[from] as number);
    const last = Math.min(end, from + table.longestBytes);
    let hash = HASH_SEED;
    let charEnd = firstEnd;
    let isPiece = false;
    for (let at = from; at < last; ) {
      hash = hashByte(hash, text[at++] as number);
      if (at < charEnd) continue;
      const piece = table.find(text, from, at, hash);
      if (piece !== UNKNOWN) {
        if (at === firstEnd) isPiece = true;
        this.#offer(at - start, from - start, piece, before + (table.scores[piece] as number));
      }
      if (at < last) charEnd = at + charBytes(text[at] as number);
    }
    if (!isPiece) this.#offer(firstEnd - start, from - start, UNKNOWN, before + table.unknownScore);
  }

  #offer(at: number, from: number, piece: number, score: number): void {
    // As SentencePiece adds them up, in 32 bits: ties are told apart the same way.
    const rounded = Math.fround(score);
    if (rounded <= (this.#scores[at] as number)) return;
    this.#scores[at] = rounded;
    this.#starts[at] = from;
    this.#pieces[at] = piece;
  }

  #reset(length: number): void {
    if (this.#scores.length < length) {
      this.#scores = new Float32Array(2 * length);
      this.#starts = new Int32Array(2 * length);
      this.#pieces = new Int32Array(2 * length);
    }
    this.#scores.fill(Number.NEGATIVE_INFINITY, 0, length);
    this.#scores[0] = 0;
  }
}
