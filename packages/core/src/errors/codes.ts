/**
 * Every code of an error, `<area>.<what>`: stable, and what programs branch on. Those of the server, of its runtime and of
 * the token server are listed with them.
 */
export type SottoErrorCode =
  | "argument.invalid"
  | "limit.exceeded"
  | "sotto.closed"
  // documents, indexes and queries
  | "document.duplicate_id"
  | "document.exists"
  | "document.invalid"
  | "document.incomplete"
  | "filter.invalid"
  | "index.embedder_mismatch"
  | "index.exists"
  | "index.not_found"
  | "query.invalid"
  // embedders
  | "embedding.failed"
  | "embedding.invalid"
  | "embedding.model_invalid"
  | "embedding.model_unavailable"
  | "embedding.model_unsupported"
  | "embedding.package_missing"
  | "model.invalid"
  | "model.unavailable"
  // memory
  | "consolidation.timeout"
  | "memory.not_found"
  | "memory.not_kept"
  | "memory.superseded"
  | "pool.closed"
  | "pool.exhausted"
  | "pool.port_exhausted"
  | "session.forgotten"
  | "session.identity_mismatch"
  | "session.node_only"
  | "session.not_found"
  | "user.forgotten"
  // adapters
  | "adapter.deadline_exceeded"
  | "ai_sdk.chat_not_saved"
  | "ai_sdk.deadline_exceeded"
  | "history.not_saved"
  // stores
  | "storage.closed"
  | "storage.compacted"
  | "storage.condition_failed"
  | "storage.corrupt"
  | "storage.full"
  | "storage.newer_format"
  | "storage.read_only"
  | "storage.snapshot_required"
  | "storage.unavailable"
  | "storage.version_conflict"
  // loading files, and over the wire
  | `loader.${string}`
  | `runtime.${string}`
  | `server.${string}`;
