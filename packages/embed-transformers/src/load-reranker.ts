import { EmbeddingFailedError } from "@sotto/core";
import { importTransformers } from "./import-transformers.ts";
import { CHARS_A_TOKEN, loadParts } from "./load-parts.ts";
import type { SourceSpec } from "./source-spec.ts";

/** A cross-encoder in memory. */
export interface LoadedReranker {
  /** One run: a score in [0, 1] for each document. */
  run(query: string, documents: readonly string[]): Promise<number[]>;
  /** Frees the model. */
  release(): Promise<void>;
}

/** Loads tokenizer and weights, downloading them if need be. Throws `PackageMissingError`, `ModelUnavailableError`. */
export async function loadReranker(spec: SourceSpec & { id: string }): Promise<LoadedReranker> {
  const transformers = await importTransformers();
  const { AutoModelForSequenceClassification } = transformers;
  const { tokenizer, model, maxTokens } = await loadParts(transformers, AutoModelForSequenceClassification, spec);
  const cut = (text: string) => text.slice(0, maxTokens * CHARS_A_TOKEN);

  return {
    async run(query, documents) {
      const inputs = tokenizer(
        documents.map(() => cut(query)),
        { text_pair: documents.map(cut), padding: true, truncation: true, max_length: maxTokens },
      );
      const { logits } = await model(inputs);
      if (logits === undefined)
        throw new EmbeddingFailedError(spec.id, "the model gives no logits: it is no cross-encoder");
      const labels = logits.dims[1] as number;
      if (labels !== 1 && labels !== 2)
        throw new EmbeddingFailedError(spec.id, `the model tells ${labels} labels apart: a cross-encoder has 1 or 2`);
      const values = logits.data as Float32Array;
      return documents.map((_, i) => relevance(values.subarray(i * labels, (i + 1) * labels)));
    },

    async release() {
      await model.dispose();
    },
  };
}

/** Sigmoid of the one logit, or softmax of the second of two: what such models are trained with. */
function relevance(logits: Float32Array): number {
  const [first = 0, second] = logits;
  return 1 / (1 + Math.exp(second === undefined ? -first : first - second));
}
