import type { Embedder } from "./embedder.ts";

/** Share of the dense score where an embedder does not name one. */
export const DEFAULT_ALPHA = 0.5;

/** Up to this share of known words a vector says nothing; the dense share rises from here to its full size at `FULL`. */
const NOTHING = 0.5;
const FULL = 0.9;

/**
 * The share of the dense score for a query: what suits the model, times `clamp((coverage - 0.5) / 0.4, 0, 1)` where the
 * model knows only part of the query's words. Measured: `docs/retrieval.md`.
 */
export function alphaFor(embedder: Embedder, query: string): number {
  const alpha = embedder.defaultAlpha ?? DEFAULT_ALPHA;
  if (embedder.coverage === undefined) return alpha;
  const share = (embedder.coverage(query) - NOTHING) / (FULL - NOTHING);
  return alpha * Math.min(1, Math.max(0, share));
}
