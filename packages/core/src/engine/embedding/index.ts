export { alphaFor, DEFAULT_ALPHA } from "./alpha-for.ts";
export type { Calibration } from "./calibration.ts";
export { embedOrNone, embedSpoken, type SpokenText } from "./embed-or-none.ts";
export { checkVectors, embedTexts } from "./embed-texts.ts";
export type { Embedder, EmbedKind, EmbedOptions } from "./embedder.ts";
export { type MaxSim, maxSim } from "./max-sim.ts";
export {
  QueryEmbedding,
  type QueryEmbeddingOptions,
  type QuestionVectors,
} from "./query-embedding.ts";
export type {
  TokenDocument,
  TokenDocumentOptions,
  TokenQuery,
  TokenQueryOptions,
  TokenStates,
} from "./token-states.ts";
