import { ClosedError, type Embedder, InvalidArgumentError } from "@sotto/core";
import { untilAborted } from "@sotto-internal/embedding";
import { loadModel } from "./model/load-model.ts";
import { MODEL_ID } from "./model/model-format.ts";
import type { ModelSource } from "./model/model-source.ts";
import { Runner } from "./runner.ts";
import { sharedRunner } from "./shared-runner.ts";

export interface MultilingualOptions {
  /**
   * The model's file, `model/use-multilingual-v3.js` of this package: a path, a URL, or its content. For pages that host it
   * themselves. Default: the file inside the installed package, or the module that a bundler took along.
   */
  model?: ModelSource;
  /** Pieces of a text that are read, from 8 to 8192; the rest is left out. A word has some 1.4. Default 512. */
  maxTokens?: number;
}

/** An `Embedder` that can always be prewarmed, disposed of, and asked what it knows. */
export type MultilingualEmbedder = Embedder &
  Required<Pick<Embedder, "prewarm" | "dispose" | "coverage" | "defaultAlpha">>;

const DIMENSIONS = 512;
const DEFAULT_MAX_TOKENS = 512;
/** Work enough for the engine to compile what is hot before the first question comes. */
const WARM_UP = Array.from({ length: 8 }, (_, i) => `How long can I send the router back? ${i}`);

/**
 * An embedder for sixteen languages (Arabic, Chinese simplified and traditional, Dutch, English, French, German, Italian,
 * Japanese, Korean, Polish, Portuguese, Russian, Spanish, Thai, Turkish), also from one to another: Google's Universal
 * Sentence Encoder, multilingual, version 3, in WebAssembly. 512 dimensions, less than a millisecond for a short question.
 *
 * The model is loaded on first use (a third of a second, in turns of the event loop; 75 MB) and shared by all embedders
 * of the packaged file. Errors: `InvalidArgumentError` at once for a bad option; from `embed` and `prewarm`
 * `MultilingualModelError`, and `ClosedError` after `dispose`.
 *
 * @example
 * const sotto = createSotto({ embedder: multilingual() });
 */
export function multilingual(options: MultilingualOptions = {}): MultilingualEmbedder {
  const { model, maxTokens = DEFAULT_MAX_TOKENS } = options;
  if (!(Number.isInteger(maxTokens) && maxTokens >= 8 && maxTokens <= 8_192))
    throw new InvalidArgumentError("maxTokens", `it should be a whole number from 8 to 8192, but is ${maxTokens}`);
  const closed = new AbortController();
  let loading: Promise<Runner> | undefined;
  let runner: Runner | undefined;

  async function load(): Promise<Runner> {
    loading ??= model === undefined ? sharedRunner() : loadModel(model).then((loaded) => new Runner(loaded));
    try {
      const loaded = await loading;
      if (!closed.signal.aborted) runner = loaded;
      return loaded;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  }

  const embedder: MultilingualEmbedder = {
    id: MODEL_ID,
    dimensions: DIMENSIONS,
    calibration: { low: 0, high: 1 },
    defaultAlpha: 0.3,
    embedsNames: false,

    async embed(texts, { kind, signal }) {
      const assertWanted = () => {
        signal?.throwIfAborted();
        closed.signal.throwIfAborted();
      };
      assertWanted();
      if (texts.length === 0) return [];
      const loaded = runner ?? (await untilAborted(load(), signal));
      assertWanted();
      return await loaded.embed(texts, kind, maxTokens, assertWanted);
    },

    coverage(text) {
      return runner === undefined ? 1 : runner.model.tokenizer.coverage(text);
    },

    async prewarm() {
      await embedder.embed(WARM_UP, { kind: "query" });
    },

    async dispose() {
      closed.abort(new ClosedError(`The embedder "${MODEL_ID}"`));
      runner = undefined;
      loading = undefined;
    },
  };
  return embedder;
}
