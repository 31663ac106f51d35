/** Marks a SQLite file as a store of Sotto (`PRAGMA application_id`): "SOTT". */
export const APPLICATION_ID = 0x53_4f_54_54;

/**
 * Format 1; what came after it are steps of `migrations.ts`.
 *
 * Batches are never deleted one by one, and never change their length. SQLite's `secure_delete` zeroes what a deleted row
 * leaves, but not what rows leave that it moved to another page to balance the tree; rows move when others are deleted or
 * shrink. So a dropped batch is zeroed where it lies and marked `dead`, and only `Database.reclaim` deletes.
 */
export const SCHEMA = `
  CREATE TABLE logs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    base INTEGER NOT NULL,
    epoch INTEGER NOT NULL
  ) STRICT;

  -- The epoch with which a deleted log begins anew, by the SHA-256 of its key: the key itself is gone.
  CREATE TABLE deleted_logs (key_hash BLOB PRIMARY KEY, epoch INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE batches (
    seq INTEGER PRIMARY KEY,
    log INTEGER NOT NULL,
    version INTEGER NOT NULL,
    dead INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX batches_by_version ON batches (log, version) WHERE dead = 0;

  CREATE TABLE idempotency_keys (
    log INTEGER NOT NULL REFERENCES logs (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (log, key)
  ) STRICT, WITHOUT ROWID;

  -- Every snapshot file has a row from before it is made until after it is gone.
  -- state: writing -> kept -> doomed, or writing -> doomed. owner: who brings a row in writing or doomed to its end.
  CREATE TABLE snapshots (
    file TEXT PRIMARY KEY,
    log INTEGER REFERENCES logs (id) ON DELETE SET NULL,
    state TEXT NOT NULL CHECK (state IN ('writing', 'kept', 'doomed')),
    owner TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    version INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    crc32 INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX snapshots_by_log ON snapshots (log);

  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  -- dead_bytes: bytes of dead batches. moved: 1 while rows may have left copies where they were, until the next VACUUM.
  -- in_use (made when it is first set): see in-use-mark.ts.
  INSERT INTO counters VALUES ('dead_bytes', 0), ('moved', 0);
`;
