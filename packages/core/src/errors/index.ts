export { ClosedError, InvalidArgumentError, LimitExceededError } from "./argument-errors.ts";
export type { SottoErrorCode } from "./codes.ts";
export { DocumentExistsError, DocumentInvalidError, DuplicateIdError } from "./document-errors.ts";
export {
  EmbedderMismatchError,
  EmbedderPackageMissingError,
  EmbeddingFailedError,
  EmbeddingInvalidError,
} from "./embedding-errors.ts";
export { type ErrorJson, errorFromJson, errorToJson } from "./error-json.ts";
export { FilterInvalidError, IndexExistsError, IndexNotFoundError, QueryInvalidError } from "./index-errors.ts";
export { MemorySupersededError } from "./memory-errors.ts";
export { PoolClosedError, PoolExhaustedError, PoolPortExhaustedError } from "./pool-errors.ts";
export {
  IdentityMismatchError,
  SessionForgottenError,
  SessionNotFoundError,
  UserForgottenError,
} from "./session-errors.ts";
export { codeOf, hasCode, SottoError } from "./sotto-error.ts";
export {
  StorageClosedError,
  StorageCompactedError,
  StorageConditionError,
  StorageCorruptError,
  StorageFullError,
  StorageNewerFormatError,
  StorageReadOnlyError,
  StorageSnapshotRequiredError,
  StorageUnavailableError,
  StorageVersionConflictError,
} from "./storage-errors.ts";
