import { nextTurn } from "@sotto-internal/embedding";
import { defaultModel, defaultModelSync, hasDefaultModelSync } from "./default-model.ts";
import { embedText } from "./embed-text.ts";
import { packaged } from "./packaged-model.ts";
import type { StaticModel } from "./static-model.ts";
import { words } from "./words.ts";

export interface StaticEmbedderOptions {
  /** A model from `loadStaticModel` or `readStaticModel`. Default: the one inside this package, `static-v2`. */
  model?: StaticModel;
}

export interface StaticEmbedOptions {
  kind: "query" | "document";
  /** Rejects the call with the signal's reason once aborted. */
  signal?: AbortSignal;
  /** For queries: the weight of a word, in [0, 1]. Documents are never weighed. */
  wordWeights?: (word: string) => number;
}

/** Has the shape of the `Embedder` of `@sotto/core`. */
export interface StaticEmbedder {
  readonly id: string;
  readonly dimensions: number;
  readonly calibration: { low: number; high: number };
  readonly defaultAlpha: number;
  /** One vector a text, of length 1; `null` for a text without a known word. */
  embed(texts: readonly string[], options: StaticEmbedOptions): Promise<(Float32Array | null)[]>;
  /**
   * One query without a promise. Reads the model if need be (once, about 25 ms). In a browser, and where a bundler moved the
   * code, it is there from the moment the model is loaded (`prewarm`, or the first `embed`).
   */
  readonly embedQuerySync?:
    | ((text: string, options?: { wordWeights?: (word: string) => number }) => Float32Array | null)
    | undefined;
  /** The share of a text's words that the model knows, in [0, 1]; 0 for a text without words. Reads the model if need be. */
  coverage(text: string): number;
  /** Loads the model. */
  prewarm(): Promise<void>;
}

// Long enough to cost nothing, short enough (about 10 ms) to let timers and sockets have their turn.
const CHARS_BETWEEN_TURNS = 65_536;

/**
 * An embedder without a network and without a download: English, 256 dimensions, about 8 microseconds a query.
 *
 * The model is read on first use and shared by all instances. Errors: `StaticModelError` when its files cannot be read.
 *
 * @example
 * const embedder = staticEmbedder();
 * const [vector] = await embedder.embed(["How do I get a refund?"], { kind: "query" });
 */
export function staticEmbedder(options: StaticEmbedderOptions = {}): StaticEmbedder {
  const { model } = options;
  const { id, dim, calibration, defaultAlpha } = model?.meta ?? packaged;

  const loadedModel = () => {
    const loaded = model ?? defaultModelSync();
    if (loaded === undefined) throw new Error("The static model is not loaded yet: await prewarm() first.");
    return loaded;
  };

  const embedQuerySync = (text: string, { wordWeights }: { wordWeights?: (word: string) => number } = {}) =>
    embedText(loadedModel(), text, wordWeights);

  return {
    id,
    dimensions: dim,
    calibration: { ...calibration },
    defaultAlpha,

    async embed(texts, { kind, signal, wordWeights }) {
      signal?.throwIfAborted();
      const loaded = model ?? (await defaultModel());
      const weights = kind === "query" ? wordWeights : undefined;
      const vectors: (Float32Array | null)[] = [];
      let chars = 0;
      for (const text of texts) {
        if (chars > CHARS_BETWEEN_TURNS) {
          chars = 0;
          await nextTurn();
        }
        signal?.throwIfAborted();
        vectors.push(embedText(loaded, text, weights));
        chars += text.length;
      }
      return vectors;
    },

    get embedQuerySync() {
      return model !== undefined || hasDefaultModelSync() ? embedQuerySync : undefined;
    },

    coverage(text) {
      const all = words(text);
      if (all.length === 0) return 0;
      const { rowOf } = loadedModel();
      return all.filter((word) => rowOf.has(word)).length / all.length;
    },

    async prewarm() {
      if (model === undefined) await defaultModel();
    },
  };
}
