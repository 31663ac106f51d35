import { SottoError } from "./sotto-error.ts";

/** The named index does not exist in this project. */
export class IndexNotFoundError extends SottoError {
  readonly indexName: string;

  constructor(indexName: string) {
    super(
      "index.not_found",
      `There is no index "${indexName}". Create it with createIndex, or check the name with listIndexes.`,
      { indexName },
    );
    this.indexName = indexName;
  }

  static override isInstance(error: unknown): error is IndexNotFoundError {
    return SottoError.isInstance(error) && error.code === "index.not_found";
  }
}
