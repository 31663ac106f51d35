import { SottoError } from "./sotto-error.ts";

/** A document, or a value in its metadata or payload, has the wrong type or shape. */
export class DocumentInvalidError extends SottoError {
  readonly documentId: string | undefined;
  readonly reason: string;

  constructor(documentId: string | undefined, reason: string) {
    super(
      "document.invalid",
      `Document ${documentId === undefined ? "without an id" : JSON.stringify(documentId.slice(0, 200))} is not valid: ${reason}. Nothing was written.`,
      { documentId, reason },
    );
    this.documentId = documentId;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is DocumentInvalidError {
    return SottoError.isInstance(error) && error.code === "document.invalid";
  }
}
