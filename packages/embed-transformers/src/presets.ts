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
  /** Estimates, from what the model cards say of the spread of cosines; not measured. */
  readonly calibration: Calibration;
}

/** Prefixes, pooling and lengths are those of the model cards. */
export const presets = {
  /** English, fast. */
  "all-MiniLM-L6-v2": {
    model: "Xenova/all-MiniLM-L6-v2",
    dimensions: 384,
    pooling: "mean",
    queryPrefix: "",
    documentPrefix: "",
    maxTokens: 256,
    calibration: { low: 0, high: 1 },
  },
  /** English, better and about twice as slow. */
  "bge-small-en-v1.5": {
    model: "Xenova/bge-small-en-v1.5",
    dimensions: 384,
    pooling: "cls",
    queryPrefix: "Represent this sentence for searching relevant passages: ",
    documentPrefix: "",
    maxTokens: 512,
    calibration: { low: 0.4, high: 1 },
  },
  /** About a hundred languages. */
  "multilingual-e5-small": {
    model: "Xenova/multilingual-e5-small",
    dimensions: 384,
    pooling: "mean",
    queryPrefix: "query: ",
    documentPrefix: "passage: ",
    maxTokens: 512,
    calibration: { low: 0.7, high: 1 },
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
