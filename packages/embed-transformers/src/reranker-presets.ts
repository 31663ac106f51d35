export interface RerankerPreset {
  /** Repository on the hub. */
  readonly model: string;
  /** Tokens of query and document together, special ones included, after which the longer of the two is cut. */
  readonly maxTokens: number;
}

/** Cross-encoders. Lengths are those of the model cards. */
export const rerankerPresets = {
  /** English, fast. */
  "ms-marco-MiniLM-L-6-v2": { model: "Xenova/ms-marco-MiniLM-L-6-v2", maxTokens: 512 },
  /** Chinese and English, and usable in many languages; about ten times as slow. */
  "bge-reranker-base": { model: "Xenova/bge-reranker-base", maxTokens: 512 },
} as const satisfies Record<string, RerankerPreset>;

export type RerankerPresetName = keyof typeof rerankerPresets;
