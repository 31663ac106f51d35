import { SottoError } from "./sotto-error.ts";

/** createIndex was called with `ifExists: "error"` and the index exists. */
export class IndexExistsError extends SottoError {
  readonly indexName: string;

  constructor(indexName: string) {
    super(
      "index.exists",
      `The index "${indexName}" exists already. Pass ifExists: "append" to add to it or "replace" to build it anew.`,
      { indexName },
    );
    this.indexName = indexName;
  }

  static override isInstance(error: unknown): error is IndexExistsError {
    return SottoError.isInstance(error) && error.code === "index.exists";
  }
}
