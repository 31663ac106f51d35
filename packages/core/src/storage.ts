/**
 * What authors of stores need: the Storage port and its keys. The conformance kit is `testStorage` of
 * `@sotto/core/testing`.
 *
 * @module
 */
export {
  type AppendOptions,
  type AppendResult,
  type EraseOptions,
  encodePart,
  type Log,
  type LogBatch,
  type LogHead,
  type LogRecord,
  memoryStorage,
  type Snapshot,
  type SnapshotToWrite,
  type Storage,
} from "./storage/index.ts";
