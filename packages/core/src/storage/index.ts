export {
  checkAppend,
  checkConditions,
  checkCount,
  checkErase,
  checkKey,
  checkRead,
  checkSnapshot,
  checkSnapshotNotAhead,
  DEFAULT_READ_LIMIT,
} from "./arguments.ts";
export {
  encodePart,
  indexKey,
  indexKeyPrefix,
  type ParsedKey,
  parseKey,
  permanentKey,
  profileKey,
  projectKeyPrefix,
  sessionKey,
  sessionKeyPrefix,
  userKey,
  userKeyPrefix,
} from "./keys.ts";
export { LogListeners } from "./log-listeners.ts";
export { memoryStorage } from "./memory/memory-storage.ts";
export { QueuedAppends } from "./queued-appends.ts";
export type {
  SearchableCandidate,
  SearchableChunk,
  SearchableDocument,
  SearchableFilter,
  SearchableList,
  SearchablePut,
  SearchableQuery,
  SearchableStatistics,
  SearchableStorage,
  SearchableWrite,
  SearchableWritten,
} from "./searchable.ts";
export type {
  AppendOptions,
  AppendResult,
  EraseOptions,
  HeadCondition,
  Log,
  LogBatch,
  LogHead,
  LogRecord,
  Snapshot,
  SnapshotToWrite,
  Storage,
} from "./storage.ts";
