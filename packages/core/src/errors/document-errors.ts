import { SottoError } from "./sotto-error.ts";

/** addDocs was called with `upsert: false` and an id is already taken. */
export class DocumentExistsError extends SottoError {
  static override readonly code = "document.exists";
  readonly indexName: string;
  readonly ids: readonly string[];

  constructor(indexName: string, ids: readonly string[]) {
    super(
      "document.exists",
      `The index "${indexName}" already holds ${ids.length === 1 ? "the document" : `${ids.length} of the documents, among them`} ${JSON.stringify(ids[0])}, and upsert is false. Nothing was written.`,
      { indexName, ids },
    );
    this.indexName = indexName;
    this.ids = ids;
  }
}

/** A document, or a value in its metadata or payload, has the wrong type or shape. */
export class DocumentInvalidError extends SottoError {
  static override readonly code = "document.invalid";
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
}

/** Two documents of one call have the same id. */
export class DuplicateIdError extends SottoError {
  static override readonly code = "document.duplicate_id";
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
}
