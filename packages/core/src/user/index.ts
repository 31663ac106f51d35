export { type ForgetMark, ForgetMarks, type ForgetSubject, forgettable, MARK_MS } from "./forget-marks.ts";
export type { MemoryContext } from "./memory-context.ts";
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
} from "./memory-types.ts";
export { contentHash } from "./permanent/content-hash.ts";
export { lastSaid, memoryOf } from "./permanent/memory-document.ts";
export { oneLine, turnLabel, turnText } from "./permanent/turn-text.ts";
export { UserMemory } from "./permanent/user-memory.ts";
export { type Lease, LeasePool } from "./pool/lease-pool.ts";
export { RuntimePool, type RuntimePoolOptions } from "./pool/runtime-pool.ts";
export type { SpawnedRuntime, SpawnRuntime } from "./pool/spawn-runtime.ts";
export { type AcquiredUser, UserPool } from "./pool/user-pool.ts";
export { derivedSummary } from "./profile/derived-summary.ts";
export { mergePatch } from "./profile/merge-patch.ts";
export { enterPushed, readPushed } from "./pushed-documents.ts";
export { LANES, type Lane, type Scope, type UserRef } from "./scope.ts";
export { enterSession, type SessionEntry } from "./sessions/user-sessions.ts";
export { isTimeZone, userIdOf, userNameOf } from "./user-id.ts";
export { UserInfo } from "./user-info.ts";
export { type Users, userMethods } from "./user-methods.ts";
