import { ClosedError, type Embedder, InvalidArgumentError } from "@sotto/core";
import { createRunQueue, untilAborted } from "@sotto-internal/embedding";
import { type LoadedModel, loadModel } from "./load-model.ts";
import { modelSpec } from "./model-spec.ts";
import type { TransformersEmbedderOptions } from "./options.ts";

/** An `Embedder` that can always be prewarmed and disposed of. */
export type TransformersEmbedder = Embedder & Required<Pick<Embedder, "prewarm" | "dispose" | "defaultAlpha">>;

/**
 * An embedder that runs a sentence-embedding model in this process, through transformers.js.
 *
 * The model is loaded, and if need be downloaded, on first use. Texts are run in batches of similar length, one batch
 * at a time; a query overtakes the batches of documents that wait. Errors: `InvalidArgumentError` at once for a bad
 * option; from `embed` and `prewarm` `PackageMissingError` (`embedding.package_missing`), `ModelUnavailableError`
 * (`embedding.model_unavailable`), and `ClosedError` after `dispose`.
 *
 * @example
 * const embedder = transformersEmbedder({ preset: "all-MiniLM-L6-v2", cacheDir: "./models" });
 * const [vector] = await embedder.embed(["How do I get a refund?"], { kind: "query" });
 */
export function transformersEmbedder(options: TransformersEmbedderOptions): TransformersEmbedder {
  const spec = modelSpec(options);
  const { id, dimensions, calibration, defaultAlpha, embedsNames, queryPrefix, documentPrefix, batchSize } = spec;
  if (dimensions === undefined)
    throw new InvalidArgumentError("dimensions", "it is needed for a model that is no preset");
  const queue = createRunQueue();
  let loading: Promise<LoadedModel> | undefined;
  let disposing: Promise<void> | undefined;

  function load(): Promise<LoadedModel> {
    assertOpen();
    loading ??= loadModel(spec).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  function assertOpen(): void {
    if (disposing !== undefined) throw new ClosedError(`The embedder "${id}"`);
  }

  async function embedAll(
    texts: readonly string[],
    urgent: boolean,
    signal?: AbortSignal,
  ): Promise<(Float32Array | null)[]> {
    const model = await load();
    const byLength = [...texts.keys()].sort((a, b) => (texts[a] ?? "").length - (texts[b] ?? "").length);
    const vectors = new Array<Float32Array | null>(texts.length);
    for (let start = 0; start < texts.length; start += batchSize) {
      const batch = byLength.slice(start, start + batchSize);
      const results = await queue.run(async () => {
        signal?.throwIfAborted();
        assertOpen();
        return await model.run(batch.map((i) => texts[i] ?? ""));
      }, urgent);
      for (const [position, i] of batch.entries()) vectors[i] = results[position] ?? null;
    }
    return vectors;
  }

  async function dispose(): Promise<void> {
    const model = await loading?.catch(() => undefined);
    if (model !== undefined) await queue.run(() => model.release());
  }

  const embedder: TransformersEmbedder = {
    id,
    dimensions,
    calibration,
    defaultAlpha,
    embedsNames,

    async embed(texts, { kind, signal }) {
      signal?.throwIfAborted();
      assertOpen();
      if (texts.length === 0) return [];
      const prefix = kind === "query" ? queryPrefix : documentPrefix;
      return await untilAborted(
        embedAll(
          texts.map((text) => prefix + text),
          kind === "query",
          signal,
        ),
        signal,
      );
    },

    async prewarm() {
      await embedder.embed(["warm"], { kind: "query" });
    },

    dispose() {
      disposing ??= dispose();
      return disposing;
    },
  };
  return embedder;
}
