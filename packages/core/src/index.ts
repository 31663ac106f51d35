/**
 * Retrieval and memory for voice and chat agents, in your process.
 *
 * @module
 * @example
 * ```ts
 * import { createSotto } from "@sotto/core";
 *
 * const sotto = createSotto();
 * await sotto.createIndex("help", [{ id: "returns", text: "You can return a router within 30 days." }]);
 * const { hits } = await sotto.query("help", "how long can I send it back?");
 * await sotto.close();
 * ```
 */
export { staticEmbedder } from "@sotto/embed-static";
export {
  createMemoryClient,
  type MemoryClient,
  type SearchMemoryResult,
  type SearchMemoryTool,
  type SearchMemoryToolOptions,
  type StartedSession,
  searchMemoryTool,
} from "./adapter/index.ts";
export type { Clock } from "./clock.ts";
export type { ConsolidationInput, ConsolidationResult, Consolidator } from "./consolidation/index.ts";
export { turnConsolidator } from "./consolidation/index.ts";
export { createSotto } from "./create-sotto.ts";
export type {
  AddDocsOptions,
  AddDocsResult,
  Calibration,
  ChunkingOptions,
  ChunkPosition,
  CreateIndexOptions,
  CreateIndexResult,
  DeleteDocsOptions,
  DeleteDocsResult,
  Document,
  Embedder,
  EmbedKind,
  EmbedOptions,
  FieldFilter,
  Filter,
  GetDocsOptions,
  Hit,
  HitExplanation,
  IndexInfo,
  JsonValue,
  LoadedIndexInfo,
  LoadIndexOptions,
  Metadata,
  MetadataScalar,
  MetadataValue,
  Progress,
  QueryOptions,
  QueryResult,
  Reranker,
  StoredDocument,
} from "./engine/index.ts";
export {
  type MaxSim,
  maxSim,
  type TokenDocument,
  type TokenDocumentOptions,
  type TokenQuery,
  type TokenQueryOptions,
  type TokenStates,
} from "./engine/index.ts";
export {
  ClosedError,
  DocumentExistsError,
  DocumentInvalidError,
  DuplicateIdError,
  EmbedderMismatchError,
  EmbeddingFailedError,
  EmbeddingInvalidError,
  type ErrorJson,
  errorFromJson,
  errorToJson,
  FilterInvalidError,
  hasCode,
  IdentityMismatchError,
  IndexExistsError,
  IndexNotFoundError,
  InvalidArgumentError,
  LimitExceededError,
  PoolClosedError,
  PoolExhaustedError,
  PoolPortExhaustedError,
  QueryInvalidError,
  SessionForgottenError,
  SessionNotFoundError,
  SottoError,
  type SottoErrorCode,
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
  UserForgottenError,
} from "./errors/index.ts";
export type { ForgetResult, ForgetWhat } from "./forgetting/index.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export type { Logger } from "./logger.ts";
export type {
  Brief,
  BriefOptions,
  LaneStatus,
  LaneTrace,
  Recall,
  RecallEntry,
  RecallOptions,
  RecallSource,
  RecallTrace,
} from "./recall/index.ts";
export type {
  ResponseInput,
  Role,
  Session,
  SessionInfo,
  SessionOptions,
  ToolCall,
  Turn,
  TurnInput,
  UserSpeaker,
} from "./session/index.ts";
export type { Sotto, SottoOptions } from "./sotto.ts";
export type {
  AppendOptions,
  AppendResult,
  EraseOptions,
  Log,
  LogBatch,
  LogHead,
  LogRecord,
  Snapshot,
  SnapshotToWrite,
  Storage,
} from "./storage/index.ts";
export { memoryStorage } from "./storage/index.ts";
export type { SottoStats } from "./telemetry/index.ts";
export type {
  MemoryInput,
  MemoryKind,
  MemoryRecord,
  MemoryTurn,
  Profile,
  ProfileData,
  ProfilePatch,
  ProfileVersion,
  Provenance,
  SpawnedRuntime,
  SpawnRuntime,
} from "./user/index.ts";
export { LANES, type Lane, RuntimePool, type RuntimePoolOptions, type Scope, type UserRef } from "./user/index.ts";
