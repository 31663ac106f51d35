import { SottoError } from "./sotto-error.ts";

/** An index was opened with another embedder than the one that built it. */
export class EmbedderMismatchError extends SottoError {
  readonly indexName: string;
  readonly indexEmbedderId: string;
  readonly embedderId: string;

  constructor(indexName: string, indexEmbedderId: string, embedderId: string) {
    super(
      "index.embedder_mismatch",
      `The index "${indexName}" was built by the embedder "${indexEmbedderId}" and cannot be searched or extended by "${embedderId}". Pass that embedder to createSotto({ embedders }), or build the index anew.`,
      { indexName, indexEmbedderId, embedderId },
    );
    this.indexName = indexName;
    this.indexEmbedderId = indexEmbedderId;
    this.embedderId = embedderId;
  }

  static override isInstance(error: unknown): error is EmbedderMismatchError {
    return SottoError.isInstance(error) && error.code === "index.embedder_mismatch";
  }
}
