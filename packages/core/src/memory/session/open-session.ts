import type { StoredIndex } from "../../engine/stored-index/stored-index.ts";
import type { Turn } from "../turn.ts";

/** Signatures first; the body follows. One per session id and process, shared by all holders. */
export declare class OpenSession {
  readonly id: string;
  /** The user that owns the session. */
  get userId(): string | undefined;
  get userName(): string | undefined;
  /** Documents: turns (id = turn id, text = `Speaker: text`, payload = the Turn, chunk.parentId = session id), and documents that were added. */
  readonly stored: StoredIndex;
  /** In the order of `at`, then of the log. Cached; cheap to ask for. */
  get turns(): readonly Turn[];
  get ended(): boolean;
  record(turns: readonly Turn[], options?: { durability?: "commit" | "queued" }): Promise<void>;
  refresh(): Promise<void>;
}
