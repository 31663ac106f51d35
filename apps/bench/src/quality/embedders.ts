import { type Embedder, staticEmbedder } from "@sotto/core";
import { miniLM } from "@sotto/embed-minilm";
import { multilingual } from "@sotto/embed-multilingual";

/** The embedders whose quality can be measured, by name. */
export const EMBEDDERS = {
  static: (): Embedder => staticEmbedder(),
  minilm: (): Embedder => miniLM(),
  multilingual: (): Embedder => multilingual(),
} as const;

export type EmbedderName = keyof typeof EMBEDDERS;
