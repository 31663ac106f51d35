import { SottoError } from "./sotto-error.ts";

/** createIndex was called with `ifExists: "error"` and the index exists. */
export class IndexExistsError extends SottoError {
  static override readonly code = "index.exists";
  readonly indexName: string;

  constructor(indexName: string) {
    super(
      "index.exists",
      `The index "${indexName}" exists already. Pass ifExists: "append" to add to it or "replace" to build it anew.`,
      { indexName },
    );
    this.indexName = indexName;
  }
}

/** The named index does not exist in this project. */
export class IndexNotFoundError extends SottoError {
  static override readonly code = "index.not_found";
  readonly indexName: string;

  constructor(indexName: string) {
    super(
      "index.not_found",
      `There is no index "${indexName}". Create it with createIndex, or check the name with listIndexes.`,
      { indexName },
    );
    this.indexName = indexName;
  }
}

/** A query text or one of its options is missing, of the wrong type or out of range. */
export class QueryInvalidError extends SottoError {
  static override readonly code = "query.invalid";
  readonly reason: string;
  readonly field: string | undefined;

  constructor(reason: string, field?: string) {
    super("query.invalid", `The query is not valid: ${reason}.`, { field, reason });
    this.reason = reason;
    this.field = field;
  }
}

/** A filter has an unknown operator or an operand of the wrong type; `path` says where. */
export class FilterInvalidError extends SottoError {
  static override readonly code = "filter.invalid";
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super("filter.invalid", `The filter is malformed at "${path}": ${reason}.`, { path, reason });
    this.path = path;
    this.reason = reason;
  }
}
