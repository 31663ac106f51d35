import { EmbeddingFailedError, SottoError } from "../../errors/index.ts";
import { nextTurn } from "../../steps.ts";
import type { Embedder } from "./embedder.ts";

const BATCH = 256;

/** Vectors of texts, in batches between which the event loop runs on; `null` where the model knows nothing in a text. */
export async function embedTexts(
  embedder: Embedder,
  texts: readonly string[],
  options: { signal?: AbortSignal; onBatch?: (done: number) => void } = {},
): Promise<(Float32Array | null)[]> {
  const vectors: (Float32Array | null)[] = [];
  for (let start = 0; start < texts.length; start += BATCH) {
    options.signal?.throwIfAborted();
    const batch = texts.slice(start, start + BATCH);
    for (const vector of await embedBatch(embedder, batch, options.signal)) vectors.push(vector);
    options.onBatch?.(Math.min(start + BATCH, texts.length));
    if (start + BATCH < texts.length) await nextTurn();
  }
  return vectors;
}

async function embedBatch(
  embedder: Embedder,
  batch: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly (Float32Array | null)[]> {
  let vectors: readonly (Float32Array | null)[];
  try {
    vectors = await embedder.embed(batch, { kind: "document", ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    if (SottoError.isInstance(error)) throw error;
    throw new EmbeddingFailedError(embedder.id, error instanceof Error ? error.message : String(error));
  }
  checkVectors(embedder, vectors, batch.length);
  return vectors;
}

/** Throws `embedding.failed` unless there is one vector a text, each of the embedder's dimensions and finite. */
export function checkVectors(embedder: Embedder, vectors: readonly (Float32Array | null)[], expected: number): void {
  if (vectors.length !== expected) {
    throw new EmbeddingFailedError(embedder.id, `it answered ${vectors.length} vectors for ${expected} texts`);
  }
  for (const vector of vectors) {
    if (vector === null) continue;
    if (vector.length !== embedder.dimensions) {
      throw new EmbeddingFailedError(
        embedder.id,
        `it answered a vector of ${vector.length} values; its dimensions are ${embedder.dimensions}`,
      );
    }
    if (!allFinite(vector))
      throw new EmbeddingFailedError(embedder.id, "it answered a vector with a value that is not finite");
  }
}

/** By one sum: a value that is not finite makes it so, and unit vectors cannot overflow it. */
function allFinite(vector: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i] as number;
  return Number.isFinite(sum);
}
