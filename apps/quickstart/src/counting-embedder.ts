import type { Embedder } from "@sotto/core";

export interface CountingEmbedder extends Embedder {
  /** Texts embedded so far. */
  readonly counts: { documents: number; queries: number };
}

/** An embedder that counts what it is asked for, to show what was embedded anew and what was not. */
export function countingEmbedder(inner: Embedder): CountingEmbedder {
  const counts = { documents: 0, queries: 0 };
  return {
    id: inner.id,
    dimensions: inner.dimensions,
    calibration: inner.calibration,
    ...(inner.defaultAlpha === undefined ? {} : { defaultAlpha: inner.defaultAlpha }),
    counts,
    embed(texts, options) {
      counts[options.kind === "document" ? "documents" : "queries"] += texts.length;
      return inner.embed(texts, options);
    },
    ...(inner.embedQuerySync === undefined
      ? {}
      : {
          embedQuerySync(text, options) {
            counts.queries++;
            return inner.embedQuerySync?.(text, options) ?? null;
          },
        }),
  };
}
