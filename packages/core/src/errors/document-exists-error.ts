import { SottoError } from "./sotto-error.ts";

/** addDocs was called with `upsert: false` and an id is already taken. */
export class DocumentExistsError extends SottoError {
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

  static override isInstance(error: unknown): error is DocumentExistsError {
    return SottoError.isInstance(error) && error.code === "document.exists";
  }
}
