import type { Calibration } from "@sotto/core";

export type Pooling = "mean" | "cls";

export interface Preset {
  /** Repository on the hub. */
  readonly model: string;
  readonly dimensions: number;
  /** How the token vectors become one: their mean, or the first one. */
  readonly pooling: Pooling;
  readonly queryPrefix: string;
  readonly documentPrefix: string;
  /** Tokens, special ones included, after which a text is cut. */
  readonly maxTokens: number;
  /** Cosines that count as a score of 0 and of 1. */
  readonly calibration: Calibration;
  /** False where names drown the rest of a short text. */
  readonly embedsNames?: boolean;
}

/** Prefixes, pooling and lengths are those of the model cards. */
export const presets = {
  /** English, fast. Cosines of relevant texts are 0.26 to 0.87, of random ones -0.08 to 0.49 (measured). */
  "all-MiniLM-L6-v2": {
    model: "Xenova/all-MiniLM-L6-v2",
    dimensions: 384,
    pooling: "mean",
    queryPrefix: "",
    documentPrefix: "",
    maxTokens: 256,
    calibration: { low: 0, high: 1 },
    embedsNames: false,
  },
  /** English, better and about twice as slow. Its calibration is an estimate from the model card. */
  "bge-small-en-v1.5": {
    model: "Xenova/bge-small-en-v1.5",
    dimensions: 384,
    pooling: "cls",
    queryPrefix: "Represent this sentence for searching relevant passages: ",
    documentPrefix: "",
    maxTokens: 512,
    calibration: { low: 0.4, high: 1 },
  },
  /** About a hundred languages. Cosines of relevant texts are 0.82 to 0.93, of random ones 0.76 to 0.86 (measured). */
  "multilingual-e5-small": {
    model: "Xenova/multilingual-e5-small",
    dimensions: 384,
    pooling: "mean",
    queryPrefix: "query: ",
    documentPrefix: "passage: ",
    maxTokens: 512,
    calibration: { low: 0.76, high: 0.95 },
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
