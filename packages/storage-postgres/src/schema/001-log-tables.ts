/**
 * The tables of logs, their batches, idempotency keys and snapshots. The project stands first in every key, so that the tables can be
 * distributed by it, and row-level security shows a transaction the rows of its own project alone.
 *
 * `S` stands for the name of the schema, quoted.
 */
export const LOG_TABLES = `
  CREATE SEQUENCE S.numbers;

  -- A deleted log keeps its row, without its key: it begins anew in a later epoch, under another number.
  CREATE TABLE S.logs (
    project text COLLATE "C" NOT NULL,
    key_hash bytea NOT NULL,
    log bigint NOT NULL,
    key text COLLATE "C",
    version bigint NOT NULL,
    base bigint NOT NULL,
    epoch bigint NOT NULL,
    PRIMARY KEY (project, key_hash)
  ) WITH (fillfactor = 70);
  CREATE INDEX logs_by_key ON S.logs (project, left(key, 200) COLLATE "C") WHERE key IS NOT NULL;

  -- id_hashes: CRC-32 of the ids of a batch's records, for erase to find them by. token: of the append, by which it is
  -- known again when the connection was lost before its answer came.
  CREATE TABLE S.batches (
    project text COLLATE "C" NOT NULL,
    log bigint NOT NULL,
    version bigint NOT NULL,
    token uuid NOT NULL,
    id_hashes integer[] NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (project, log, version)
  );
  ALTER TABLE S.batches ALTER body SET STORAGE EXTERNAL;

  CREATE TABLE S.idempotency_keys (
    project text COLLATE "C" NOT NULL,
    log bigint NOT NULL,
    key_hash bytea NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (project, log, key_hash)
  );

  CREATE TABLE S.snapshots (
    project text COLLATE "C" NOT NULL,
    log bigint NOT NULL,
    snapshot bigint NOT NULL,
    version bigint NOT NULL,
    epoch bigint NOT NULL,
    bytes bigint NOT NULL,
    crc32 bigint NOT NULL,
    PRIMARY KEY (project, log, snapshot)
  );

  CREATE TABLE S.snapshot_chunks (
    project text COLLATE "C" NOT NULL,
    snapshot bigint NOT NULL,
    position integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (project, snapshot, position)
  );
  ALTER TABLE S.snapshot_chunks ALTER data SET STORAGE EXTERNAL;

  -- '/' is no project: it opens all of them, for lists that span projects.
  DO $do$
  DECLARE
    name text;
  BEGIN
    FOREACH name IN ARRAY ARRAY['logs', 'batches', 'idempotency_keys', 'snapshots', 'snapshot_chunks'] LOOP
      EXECUTE format('ALTER TABLE S.%I ENABLE ROW LEVEL SECURITY', name);
      EXECUTE format('ALTER TABLE S.%I FORCE ROW LEVEL SECURITY', name);
      EXECUTE format(
        'CREATE POLICY of_project ON S.%I USING (project = current_setting(''sotto.project'', true) '
        'OR current_setting(''sotto.project'', true) = ''/'') '
        'WITH CHECK (project = current_setting(''sotto.project'', true))', name);
    END LOOP;
  END
  $do$;
`;
