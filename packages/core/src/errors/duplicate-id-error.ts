import { SottoError } from "./sotto-error.ts";

/** Two documents of one call have the same id. */
export class DuplicateIdError extends SottoError {
  readonly documentId: string;
  readonly firstPosition: number;
  readonly secondPosition: number;

  constructor(documentId: string, firstPosition: number, secondPosition: number) {
    super(
      "document.duplicate_id",
      `The id ${JSON.stringify(documentId)} is used twice in one call, by documents ${firstPosition} and ${secondPosition}. Nothing was written.`,
      { documentId, firstPosition, secondPosition },
    );
    this.documentId = documentId;
    this.firstPosition = firstPosition;
    this.secondPosition = secondPosition;
  }

  static override isInstance(error: unknown): error is DuplicateIdError {
    return SottoError.isInstance(error) && error.code === "document.duplicate_id";
  }
}
