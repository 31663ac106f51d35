import { Embeddings, type EmbeddingsParams } from "@langchain/core/embeddings";
import { type Embedder, type EmbedKind, staticEmbedder } from "@sotto/core";

export interface SottoEmbeddingsParams extends EmbeddingsParams {
  /** Default: the static embedder that comes with Sotto: English, 256 dimensions, no download and no key. */
  embedder?: Embedder;
}

/**
 * A Sotto embedder as LangChain `Embeddings`. Vectors are of length 1; a text of which the model knows nothing gets a
 * vector of zeros, because LangChain has no way to say "none".
 *
 * @example
 * const vector = await new SottoEmbeddings().embedQuery("How long does a refund take?");
 */
export class SottoEmbeddings extends Embeddings<number[]> {
  readonly embedder: Embedder;

  constructor({ embedder = staticEmbedder(), ...params }: SottoEmbeddingsParams = {}) {
    super(params);
    this.embedder = embedder;
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    return this.#embed(texts, "document");
  }

  async embedQuery(text: string): Promise<number[]> {
    const [vector] = await this.#embed([text], "query");
    return vector as number[];
  }

  async #embed(texts: readonly string[], kind: EmbedKind): Promise<number[][]> {
    const vectors = await this.embedder.embed(texts, { kind });
    return vectors.map((vector) =>
      vector === null ? new Array<number>(this.embedder.dimensions).fill(0) : Array.from(vector),
    );
  }
}
