import { SottoError } from "./sotto-error.ts";

/** An index was opened with another embedder than the one that built it. */
export class EmbedderMismatchError extends SottoError {
  static override readonly code = "index.embedder_mismatch";
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
}

/** An embedder threw, or answered with the wrong number of vectors. */
export class EmbeddingFailedError extends SottoError {
  static override readonly code = "embedding.failed";
  readonly embedderId: string;
  readonly reason: string;

  constructor(embedderId: string, reason: string) {
    super("embedding.failed", `The embedder "${embedderId}" failed: ${reason}`, { embedderId, reason });
    this.embedderId = embedderId;
    this.reason = reason;
  }
}

/** An embedding has the wrong length, is all zero, or holds a value that is not finite. */
export class EmbeddingInvalidError extends SottoError {
  static override readonly code = "embedding.invalid";
  readonly reason: string;
  readonly documentId: string | undefined;

  constructor(reason: string, documentId?: string) {
    super(
      "embedding.invalid",
      `The embedding${documentId === undefined ? "" : ` of document ${JSON.stringify(documentId)}`} is not valid: ${reason}.`,
      { documentId, reason },
    );
    this.reason = reason;
    this.documentId = documentId;
  }
}

/** The package of an embedder that was asked for by name is not installed, or cannot be loaded. */
export class EmbedderPackageMissingError extends SottoError {
  static override readonly code = "embedding.package_missing";
  readonly embedder: string;
  readonly package: string;

  constructor(embedder: string, packageName: string, reason: string, cause?: unknown) {
    super(
      "embedding.package_missing",
      `The embedder "${embedder}" is in ${packageName}, which ${reason}. Install it with: npm install ${packageName}`,
      { embedder, package: packageName },
      { cause },
    );
    this.embedder = embedder;
    this.package = packageName;
  }
}
