import { EmbeddingFailedError, InvalidArgumentError } from "@sotto/core";
import { importTransformers } from "./import-transformers.ts";
import { CHARS_A_TOKEN, loadParts } from "./load-parts.ts";
import type { ModelSpec } from "./model-spec.ts";

/** A model in memory. */
export interface LoadedModel {
  /** One run of the model: a vector of length 1 a text, in order; `null` where the model gives a vector of zeros. */
  run(texts: readonly string[]): Promise<(Float32Array | null)[]>;
  /** Frees the model. */
  release(): Promise<void>;
}

/** Loads tokenizer and weights, downloading them if need be. Throws `PackageMissingError`, `ModelUnavailableError`. */
export async function loadModel(spec: ModelSpec): Promise<LoadedModel> {
  const transformers = await importTransformers();
  const { tokenizer, model, maxTokens } = await loadParts(transformers, transformers.AutoModel, spec);

  return {
    async run(texts) {
      const cut = texts.map((text) => text.slice(0, maxTokens * CHARS_A_TOKEN));
      const inputs = tokenizer(cut, { padding: true, truncation: true, max_length: maxTokens });
      const outputs = await model(inputs);
      const states = outputs.last_hidden_state ?? outputs.token_embeddings;
      if (states === undefined) {
        throw new EmbeddingFailedError(
          spec.id,
          `the model gives ${Object.keys(outputs).join(", ")}, but neither last_hidden_state nor token_embeddings`,
        );
      }
      const pooled =
        spec.pooling === "mean" ? transformers.mean_pooling(states, inputs.attention_mask) : states.slice(null, 0);
      const dimensions = pooled.dims[1];
      if (spec.dimensions !== undefined && dimensions !== spec.dimensions) {
        throw new InvalidArgumentError(
          "dimensions",
          `the model ${spec.model} gives vectors of ${dimensions} dimensions, but dimensions is ${spec.dimensions}`,
        );
      }
      const data = Float32Array.from(pooled.data as Float32Array);
      return texts.map((_, i) => unitVector(data.subarray(i * dimensions, (i + 1) * dimensions)));
    },

    async release() {
      await model.dispose();
    },
  };
}

function unitVector(values: Float32Array): Float32Array | null {
  let square = 0;
  for (const value of values) square += value * value;
  if (!(square > 0 && square < Number.POSITIVE_INFINITY)) return null;
  const scale = 1 / Math.sqrt(square);
  return values.map((value) => value * scale);
}
