import type { Encoded, Encoder } from "./encoder.ts";

/**
 * Encodes texts one after the other, and hands each to `read` (null where the model knows nothing in it). Queries overtake
 * documents that wait.
 */
export type EncodeAll = <Result>(
  texts: readonly string[],
  kind: "query" | "document",
  signal: AbortSignal | undefined,
  read: (encoded: Encoded | null, encoder: Encoder) => Result,
) => Promise<Result[]>;
