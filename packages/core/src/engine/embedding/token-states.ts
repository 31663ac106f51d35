import type { Calibration } from "./calibration.ts";

/**
 * Late interaction: what an embedder knows of each token of a text, beside the one vector of the whole.
 *
 * A document keeps one bit a dimension of each of its tokens, a query keeps its tokens' full precision, and `maxSim` says
 * how well the query's tokens are met: the mean over them of the best token of the document. A turn of conversation takes
 * some 400 to 600 bytes. One run of the model gives the vector and the tokens together.
 *
 * How a score comes about: `calibrate(maxSim(query.tokens, document.codes), tokens.calibration)` is in [0, 1] and
 * absolute, like the dense score; conversation lanes mix it half and half with the hybrid score. `TokenStore` holds the codes
 * of many documents and scores them at once.
 */
export interface TokenStates {
  /** Model, layer and directions: codes are compared only with queries of the same id. */
  readonly id: string;
  /** Values a token; a multiple of 8. */
  readonly dimensions: number;
  /** Bytes a token of a document: `dimensions / 8`. */
  readonly bytesPerToken: number;
  /** From `maxSim` to [0, 1]. */
  readonly calibration: Calibration;
  /** One a text, in order. The vectors are those of `embed` with the kind `document`. */
  embedDocuments(texts: readonly string[], options?: TokenDocumentOptions): Promise<readonly TokenDocument[]>;
  /** The vector is that of `embed` with the kind `query`; `ignore` does not touch it. */
  embedQuery(text: string, options?: TokenQueryOptions): Promise<TokenQuery>;
}

export interface TokenDocumentOptions {
  /** Rejects the call with the signal's reason once aborted. */
  signal?: AbortSignal;
}

export interface TokenQueryOptions {
  /** Rejects the call with the signal's reason once aborted. */
  signal?: AbortSignal;
  /**
   * True for a word whose tokens are left out: stop words, and the names of those who speak. It is asked with letters and
   * digits in lower case, without accents where the model drops them (`zoe`), of `don't` as `dont` and as `don`. Default: no
   * word is left out. Where all would be, none is. Punctuation may be left out anyway.
   */
  ignore?: (word: string) => boolean;
}

export interface TokenDocument {
  vector: Float32Array | null;
  /**
   * `bytesPerToken` bytes a token, one token after the other; empty where the model knows nothing in the text. Dimension
   * `d` is bit `d % 8` of byte `d >> 3`, set where the value is at least 0.
   */
  codes: Uint8Array;
}

export interface TokenQuery {
  vector: Float32Array | null;
  /**
   * `dimensions` values a token, one token after the other; empty where the model knows nothing in the text. Scaled so that
   * a token's product with a code (bits as +1 and -1) is in [-1, 1].
   */
  tokens: Float32Array;
}
