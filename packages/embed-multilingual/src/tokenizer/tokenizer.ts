import { type Charsmap, parseCharsmap } from "./charsmap.ts";
import { coverage } from "./coverage.ts";
import { normalise, SPACE_MARK } from "./normalise.ts";
import { PieceTable } from "./piece-table.ts";
import { Segmenter, UNKNOWN } from "./segment.ts";

/** Signs of the model that no text can spell: unknown, beginning, end, and three without a use. */
const RESERVED = 6;
const BEGINNING = 1;
const END = 2;
const COVERAGE_CHARS = 1_000;

/** The sections of the model that make a tokenizer. */
export interface TokenizerFiles {
  /** A piece a line. */
  pieces: Uint8Array;
  /** Log probability of each. */
  scores: Float32Array;
  charsmap: Uint8Array;
}

/** SentencePiece's unigram tokenizer: the same pieces for the same text. */
export class Tokenizer {
  readonly #charsmap: Charsmap;
  readonly #table: PieceTable;
  readonly #segmenter: Segmenter;

  private constructor(charsmap: Charsmap, table: PieceTable) {
    this.#charsmap = charsmap;
    this.#table = table;
    this.#segmenter = new Segmenter(table);
  }

  /** Builds it a step at a time, so that the caller can let others have their turn. */
  static *build({ pieces, scores, charsmap }: TokenizerFiles): Generator<void, Tokenizer> {
    const table = yield* PieceTable.build(pieces, scores, RESERVED);
    return new Tokenizer(parseCharsmap(charsmap), table);
  }

  /**
   * The pieces of a text, between the signs of its beginning and its end; at most `most` with them, the rest of the text
   * is left out.
   */
  encode(text: string, most: number): number[] {
    const normalised = normalise(this.#charsmap, text, most * this.#table.longestBytes);
    const pieces = [BEGINNING];
    // No piece has a mark but at its beginning, so that each word is segmented by itself.
    for (let start = 0; start < normalised.length && pieces.length < most; ) {
      const end = nextMark(normalised, start + 1);
      this.#segmenter.segment(normalised, start, end, pieces);
      start = end;
    }
    if (pieces.length > most - 1) pieces.length = most - 1;
    pieces.push(END);
    return pieces;
  }

  /** True where some piece says something: neither unknown nor a sign nor a space. */
  knowsSome(pieces: readonly number[]): boolean {
    return pieces.some((piece) => piece > RESERVED);
  }

  /** The share of a text's letters that the model knows, in [0, 1]; judged by the beginning of a long text. */
  coverage(text: string): number {
    const beginning = text.slice(0, COVERAGE_CHARS);
    const pieces = this.encode(beginning, COVERAGE_CHARS).slice(1, -1);
    return coverage(
      beginning,
      pieces.map((piece) => (piece === UNKNOWN ? "" : this.#table.spelling(piece))),
    );
  }
}

function nextMark(text: Uint8Array, from: number): number {
  for (let at = text.indexOf(SPACE_MARK[0], from); at !== -1; at = text.indexOf(SPACE_MARK[0], at + 1))
    if (text[at + 1] === SPACE_MARK[1] && text[at + 2] === SPACE_MARK[2]) return at;
  return text.length;
}
