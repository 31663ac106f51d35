export { quantizeVector, toUnitLength } from "./quantize-vector.ts";
export type { QuantizedVector, TokenCodes } from "./quantized-vectors.ts";
export { TokenStore } from "./token-store.ts";
export { TopSlots } from "./top-slots.ts";
export { type VectorSearchOptions, VectorStore } from "./vector-store.ts";
