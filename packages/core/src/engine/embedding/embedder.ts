import type { Calibration } from "./calibration.ts";
import type { TokenStates } from "./token-states.ts";

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

/**
 * Turns texts into vectors. Implementations are checked by `testEmbedder` of `@sotto/core/testing`.
 *
 * Stored vectors must not depend on anything but the text: the same text and `kind` always give the same vector.
 */
export interface Embedder {
  /** Model and version, for example `static-v2`. An index remembers it and refuses any other. */
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
  embedQuerySync?:
    | ((text: string, options?: { wordWeights?: (word: string) => number }) => Float32Array | null)
    | undefined;
  /**
   * The share of a text's words that the model knows, in [0, 1]; 0 for a text without words. The share of the dense score
   * falls with it, because the few words that a model of another language happens to know make a vector
   * that misleads. Asked of queries, after their vector. Absent: the model copes with any text.
   */
  coverage?(text: string): number;
  /**
   * False where a person's name takes up much of a short text's vector: recall then embeds turns without `Speaker:` and
   * questions without the names of those who speak. The search for words keeps the names. Default true.
   */
  readonly embedsNames?: boolean;
  /** Token states for late interaction, where the model has them. */
  readonly tokens?: TokenStates;
  /** Loads the model so that the first `embed` is fast. Optional to call. */
  prewarm?(): Promise<void>;
  /** Frees the model. */
  dispose?(): Promise<void>;
}
