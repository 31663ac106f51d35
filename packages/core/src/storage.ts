/**
 * For those who write a store: the Storage port, its keys, and what every store has in common. `testStorage` of
 * `@sotto/core/testing` checks the result.
 *
 * @module
 */
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
} from "./storage/index.ts";
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
  encodePart,
  indexKey,
  indexKeyPrefix,
  LogListeners,
  memoryStorage,
  type ParsedKey,
  parseKey,
  permanentKey,
  profileKey,
  projectKeyPrefix,
  QueuedAppends,
  sessionKey,
  sessionKeyPrefix,
  userKey,
  userKeyPrefix,
} from "./storage/index.ts";
