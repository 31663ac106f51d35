/** What a key may do: each role includes those after it. */
export type KeyRole = "admin" | "write" | "read";

export interface MethodRow {
  /** After `POST`. */
  path: `/v1/${string}`;
  /** The least role that may call it. */
  role: KeyRole;
  /** Names of the arguments, in order: the fields of the request's body. */
  params: readonly string[];
  /** Calling it twice is as good as once, so a client may try it again. */
  idempotent: boolean;
  summary: string;
}

const row = (
  path: MethodRow["path"],
  role: KeyRole,
  params: readonly string[],
  summary: string,
  idempotent = true,
): MethodRow => ({ path, role, params, idempotent, summary });

/**
 * Every call of the server, by the method of `Sotto` (`session.*`: of `Session`) that it is. The server's routes, its
 * OpenAPI document and the client are made from this table. Each is a POST; its body holds the arguments by name, its
 * answer is `{ result }`.
 */
export const METHODS = {
  createIndex: row("/v1/indexes/create", "write", ["name", "documents", "options"], "Makes an index.", false),
  addDocs: row("/v1/indexes/add_docs", "write", ["name", "documents", "options"], "Adds documents.", false),
  deleteDocs: row("/v1/indexes/delete_docs", "write", ["name", "ids"], "Deletes documents by id or filter.", false),
  getDocs: row("/v1/indexes/get_docs", "read", ["name", "options"], "Reads documents."),
  getIndex: row("/v1/indexes/get", "read", ["name"], "What is known of an index."),
  listIndexes: row("/v1/indexes/list", "read", [], "Every index of the project."),
  deleteIndex: row("/v1/indexes/delete", "write", ["name"], "Deletes an index.", false),
  loadIndex: row("/v1/indexes/load", "read", ["name", "options"], "Loads an index into the server's memory."),
  unloadIndex: row("/v1/indexes/unload", "admin", ["name"], "Lets an index out of the server's memory.", false),
  refreshIndex: row("/v1/indexes/refresh", "read", ["name"], "Catches up with other processes' writes."),
  query: row("/v1/query", "read", ["indexes", "text", "options"], "Searches one index or several."),

  searchMemory: row("/v1/memory/search", "read", ["query", "options"], "Recall over four lanes, under a deadline."),
  prefetch: row("/v1/memory/prefetch", "read", ["partialText", "options"], "Starts recall on a partial transcript."),
  brief: row("/v1/memory/brief", "read", ["options"], "The last turns and what is open."),
  remember: row("/v1/memory/remember", "write", ["user", "memory"], "Remembers a fact about a user.", false),
  supersede: row("/v1/memory/supersede", "write", ["user", "oldId", "newFact"], "Replaces a memory.", false),
  memories: row("/v1/memory/list", "read", ["user", "options"], "A user's memories."),
  export: row("/v1/memory/export", "read", ["what"], "Everything that is stored about a user, as JSON lines."),
  forget: row("/v1/memory/forget", "write", ["what"], "Forgets a user, a session, turns, a memory, documents."),
  applyRetention: row("/v1/memory/apply_retention", "admin", [], "Forgets what is past its retention."),

  profile: row("/v1/profile/get", "read", ["user"], "A user's profile."),
  updateProfile: row("/v1/profile/update", "write", ["user", "patch"], "Changes a profile (JSON Merge Patch).", false),
  profileHistory: row("/v1/profile/history", "read", ["user"], "Every version of a profile."),

  recordTurn: row("/v1/turns/record", "write", ["turn"], "Writes one turn; null where it was not written.", false),
  saveResponse: row("/v1/turns/save", "write", ["response"], "Writes both halves of an exchange.", false),
  listSessions: row("/v1/sessions/list", "read", ["of"], "The sessions of a user, newest first."),
  endSession: row("/v1/sessions/end", "write", ["scope"], "Ends a session: it becomes permanent memory."),
  "session.open": row("/v1/sessions/open", "write", ["session"], "Opens or resumes a session."),
  "session.addDocs": row(
    "/v1/sessions/add_docs",
    "write",
    ["session", "documents", "options"],
    "Adds documents.",
    false,
  ),
  "session.deleteDocs": row("/v1/sessions/delete_docs", "write", ["session", "ids"], "Deletes documents.", false),
  "session.getDocs": row("/v1/sessions/get_docs", "write", ["session", "options"], "Reads documents."),
  "session.query": row("/v1/sessions/query", "write", ["session", "text", "options"], "Searches a session."),
  "session.turns": row("/v1/sessions/turns", "write", ["session"], "The turns so far, oldest first."),
  "session.loadIndex": row("/v1/sessions/load_index", "write", ["session", "name"], "Copies an index into it.", false),
  "session.pushIndex": row("/v1/sessions/push_index", "write", ["session", "name"], "Merges it into an index.", false),

  reembed: row("/v1/admin/reembed", "admin", [], "Makes the vectors of another embedder anew."),
  flush: row("/v1/admin/flush", "write", [], "Waits until every accepted write is on disk."),
} as const satisfies Readonly<Record<string, MethodRow>>;

export type MethodName = keyof typeof METHODS;

export const METHOD_NAMES = Object.keys(METHODS) as MethodName[];

/** Documents in one call of createIndex or addDocs over the wire. */
export const DOCUMENTS_PER_REQUEST = 100;
/** Bytes of one request's body. */
export const REQUEST_BYTES = 1_048_576;
