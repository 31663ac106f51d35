import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { type Calibration, type Embedder, EmbeddingInvalidError, type EmbedOptions } from "@sotto/core";
import { untilAborted } from "../until-aborted.ts";
import { isZero, paddedLength, paddedVector } from "./padded-vector.ts";
import { SottoEmbeddings } from "./sotto-embeddings.ts";

export interface FromEmbeddingsOptions {
  /** Model and version, for example `openai/text-embedding-3-small`. An index remembers it and refuses any other. */
  id: string;
  /** Length of the model's vectors. Default: found by embedding one word. */
  dimensions?: number;
  /** Maps the model's cosines to scores in [0, 1]. Default `{ low: 0, high: 1 }`. */
  calibration?: Calibration;
  /** Share of the dense score in hybrid search, in [0, 1]. Default 0.5. */
  defaultAlpha?: number;
}

/**
 * Any LangChain embedding model as an embedder for `createSotto`. Vectors are scaled to length 1 and, where their length
 * is not a multiple of 8, filled up with zeros. A blank text has no vector and does not reach the model. LangChain's
 * interface takes no signal: an aborted call rejects at once, though the request that it made goes on.
 *
 * @throws `embedding.invalid`, also from `embed`, for a vector of another length or with a value that is not finite.
 *
 * @example
 * const embedder = await fromEmbeddings(new OpenAIEmbeddings({ model: "text-embedding-3-small" }), {
 *   id: "openai/text-embedding-3-small",
 * });
 * const sotto = createSotto({ embedder });
 */
export async function fromEmbeddings(
  embeddings: EmbeddingsInterface,
  { id, dimensions, calibration = { low: 0, high: 1 }, defaultAlpha }: FromEmbeddingsOptions,
): Promise<Embedder> {
  if (embeddings instanceof SottoEmbeddings) return embeddings.embedder;
  const length = dimensions ?? (await embeddings.embedQuery("dimensions")).length;

  async function embed(texts: readonly string[], { kind, signal }: EmbedOptions): Promise<(Float32Array | null)[]> {
    signal?.throwIfAborted();
    const known = texts.flatMap((text, position) => (text.trim() === "" ? [] : [position]));
    const wanted = known.map((position) => texts[position] as string);
    const vectors = await untilAborted(
      kind === "query"
        ? Promise.all(wanted.map((text) => embeddings.embedQuery(text)))
        : wanted.length === 0
          ? Promise.resolve([])
          : embeddings.embedDocuments(wanted),
      signal,
    );
    if (vectors.length !== wanted.length) {
      throw new EmbeddingInvalidError(`the model gave ${vectors.length} vectors for ${wanted.length} texts`);
    }
    const answer = new Array<Float32Array | null>(texts.length).fill(null);
    for (const [i, position] of known.entries()) answer[position] = unitVector(vectors[i] as number[], length);
    return answer;
  }

  return {
    id,
    dimensions: paddedLength(length),
    calibration,
    ...(defaultAlpha === undefined ? {} : { defaultAlpha }),
    embed,
  };
}

/** Of length 1; null for a vector of zeros, which points nowhere. */
function unitVector(vector: readonly number[], length: number): Float32Array | null {
  if (vector.length !== length) {
    throw new EmbeddingInvalidError(`the model gave ${vector.length} values instead of ${length}`);
  }
  if (!vector.every(Number.isFinite)) throw new EmbeddingInvalidError("the model gave a value that is not finite");
  if (isZero(vector)) return null;
  const norm = Math.hypot(...vector);
  return paddedVector(vector.map((value) => value / norm));
}
