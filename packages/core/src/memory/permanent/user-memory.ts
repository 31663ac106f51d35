import type { StoredIndex } from "../../engine/stored-index/stored-index.ts";
import type { MemoryRecord } from "../memory-types.ts";
import type { ProfileLog } from "../profile/profile-log.ts";

/** Signatures first; the body follows. A user's permanent memory and profile. */
export declare class UserMemory {
  readonly userId: string;
  /** Documents = MemoryRecords: id, text, payload = the record, chunk.parentId = session id, metadata = { kind, validFrom, validTo? }. */
  readonly permanent: StoredIndex;
  readonly profile: ProfileLog;
  record(id: string): MemoryRecord | undefined;
  /** True from validFrom until before validTo. */
  isValid(record: MemoryRecord, asOf: number): boolean;
  /** The same by slot of `permanent.index`, without decoding the record: for `exclude` of a search. */
  isSlotValid(slot: number, asOf: number): boolean;
  /** The newest valid memories, newest first. */
  newest(limit: number, asOf: number): MemoryRecord[];
}
