import { SottoError } from "./sotto-error.ts";

/** An embedding has the wrong length, is all zero, or holds a value that is not finite. */
export class EmbeddingInvalidError extends SottoError {
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

  static override isInstance(error: unknown): error is EmbeddingInvalidError {
    return SottoError.isInstance(error) && error.code === "embedding.invalid";
  }
}
