/** Whether a text is searched for or searched in; models with prefixes or word weights treat the two differently. */
export type EmbedKind = "query" | "document";

export interface EmbedOptions {
  kind: EmbedKind;
  /** Rejects the call with the signal's reason once aborted. */
  signal?: AbortSignal;
  /**
   * For queries only: the weight of a word in the searched index, in [0, 1]; the engine passes
   * `sqrt(idf / max idf)`. Embedders that cannot weigh words ignore it.
   */
  wordWeights?: (word: string) => number;
}

/** An increasing map from a model's cosines to [0, 1]: `low` and below is 0, `high` and above is 1, linear between. */
export interface Calibration {
  low: number;
  high: number;
}

/**
 * Turns texts into vectors. Implementations are checked by `testEmbedder` of `@sotto/core/testing`.
 *
 * Stored vectors must not depend on anything but the text: the same text and `kind` always give the same vector.
 */
export interface Embedder {
  /** Model and version, for example `static-v1`. An index remembers it and refuses any other. */
  readonly id: string;
  /** Length of every vector; a multiple of 8, from 8 to 4096. */
  readonly dimensions: number;
  readonly calibration: Calibration;
  /** Share of the dense score in hybrid search that suits this model, in [0, 1]. Default 0.5. */
  readonly defaultAlpha?: number;
  /**
   * One vector a text, in the order of the texts: `dimensions` long, of length 1. `null` where the model knows nothing
   * in the text (a static model and a text of unknown words): such a document is found by its words alone.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<readonly (Float32Array | null)[]>;
  /** Same as `embed` for one query, without a promise, where the model can: it saves a turn of the event loop. */
  embedQuerySync?(text: string, options?: { wordWeights?: (word: string) => number }): Float32Array | null;
  /** Loads the model so that the first `embed` is fast. Optional to call. */
  prewarm?(): Promise<void>;
  /** Frees the model. */
  dispose?(): Promise<void>;
}
