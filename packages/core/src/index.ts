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
export type { Clock } from "./clock.ts";
export { createSotto } from "./create-sotto.ts";
export type { Calibration, Embedder, EmbedKind, EmbedOptions } from "./embedding/embedder.ts";
export { type MaxSim, maxSim } from "./embedding/max-sim.ts";
export type {
  TokenDocument,
  TokenDocumentOptions,
  TokenQuery,
  TokenQueryOptions,
  TokenStates,
} from "./embedding/token-states.ts";
export type {
  ChunkPosition,
  Document,
  JsonValue,
  Metadata,
  MetadataScalar,
  MetadataValue,
  StoredDocument,
} from "./engine/document.ts";
export type { FieldFilter, Filter } from "./engine/filter-types.ts";
export type {
  AddDocsOptions,
  AddDocsResult,
  ChunkingOptions,
  CreateIndexOptions,
  CreateIndexResult,
  DeleteDocsResult,
  GetDocsOptions,
  IndexInfo,
  LoadedIndexInfo,
  LoadIndexOptions,
  Progress,
} from "./engine/index-types.ts";
export type { Hit, HitExplanation, QueryOptions, QueryResult } from "./engine/query-types.ts";
export type { Reranker } from "./engine/reranker.ts";
export * from "./errors/index.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export type { Logger } from "./logger.ts";
export { episodeConsolidator } from "./memory/consolidation/episode-consolidator.ts";
export type { ConsolidationInput, ConsolidationResult, Consolidator } from "./memory/consolidator.ts";
export type {
  MemoryInput,
  MemoryRecord,
  Profile,
  ProfileData,
  ProfilePatch,
  ProfileVersion,
  Provenance,
} from "./memory/memory-types.ts";
export { RuntimePool, type RuntimePoolOptions } from "./memory/pool/runtime-pool.ts";
export type { SpawnedRuntime, SpawnRuntime } from "./memory/pool/spawn-runtime.ts";
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
} from "./memory/recall-types.ts";
export { LANES, type Lane, type Scope, type UserRef } from "./memory/scope.ts";
export type { Session, SessionOptions } from "./memory/session-types.ts";
export { createMemoryClient, type MemoryClient, type StartedSession } from "./memory/tool/memory-client.ts";
export {
  type SearchMemoryResult,
  type SearchMemoryTool,
  type SearchMemoryToolOptions,
  searchMemoryTool,
} from "./memory/tool/search-memory-tool.ts";
export { toWireError, type WireError } from "./memory/tool/wire-error.ts";
export type { ResponseInput, Role, ToolCall, Turn, TurnInput, UserSpeaker } from "./memory/turn.ts";
export type { ForgetResult, Sotto, SottoOptions, SottoStats } from "./sotto.ts";
export { memoryStorage } from "./storage/memory/memory-storage.ts";
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
} from "./storage/storage.ts";
