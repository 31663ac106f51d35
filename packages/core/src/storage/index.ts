export {
  encodePart,
  indexKey,
  indexKeyPrefix,
  parseKey,
  permanentKey,
  profileKey,
  projectKeyPrefix,
  sessionKey,
  sessionKeyPrefix,
  userKey,
  userKeyPrefix,
} from "./keys.ts";
export { memoryStorage } from "./memory/memory-storage.ts";
export { type SqliteStorageOptions, sqliteStorage } from "./node/index.ts";
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
} from "./storage.ts";
