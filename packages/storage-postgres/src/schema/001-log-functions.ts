/**
 * What an append, a read and so on are: each is one function, so one statement, one round trip and one transaction.
 * `S` stands for the name of the schema, quoted.
 */
export const LOG_FUNCTIONS = `
  -- Every transaction begins with it. A standby would answer with what was; a commit has to reach the disk.
  CREATE FUNCTION S.enter(p_project text) RETURNS void LANGUAGE plpgsql AS $fn$
  BEGIN
    IF pg_is_in_recovery() THEN
      RAISE EXCEPTION 'this server is a standby' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    PERFORM set_config('sotto.project', p_project, true);
    IF current_setting('synchronous_commit') = 'off' THEN
      PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
  END
  $fn$;

  CREATE FUNCTION S.notify_change(p_key_hash bytea, p_version bigint, p_base bigint, p_epoch bigint, p_origin text)
  RETURNS void LANGUAGE sql AS $fn$
    SELECT pg_notify(CHANNEL, concat_ws(' ', encode(p_key_hash, 'hex'), p_version, p_base, p_epoch, p_origin))
  $fn$;

  CREATE FUNCTION S.head(p_project text, p_key_hash bytea)
  RETURNS TABLE (log bigint, version bigint, base bigint, epoch bigint) LANGUAGE plpgsql AS $fn$
  BEGIN
    PERFORM S.enter(p_project);
    RETURN QUERY SELECT l.log, l.version, l.base, l.epoch FROM S.logs l
      WHERE l.project = p_project AND l.key_hash = p_key_hash;
  END
  $fn$;

  -- Within a transaction that has entered: the log's row, locked until the transaction ends; made when p_make.
  CREATE FUNCTION S.lock_log(p_project text, p_key_hash bytea, p_make boolean)
  RETURNS S.logs LANGUAGE plpgsql AS $fn$
  DECLARE
    found_log S.logs;
  BEGIN
    LOOP
      SELECT * INTO found_log FROM S.logs l
        WHERE l.project = p_project AND l.key_hash = p_key_hash FOR NO KEY UPDATE;
      IF FOUND OR NOT p_make THEN
        RETURN found_log;
      END IF;
      INSERT INTO S.logs VALUES (p_project, p_key_hash, nextval('S.numbers'), NULL, 0, 0, 1)
        ON CONFLICT DO NOTHING;
    END LOOP;
  END
  $fn$;

  -- Within a transaction that has entered: the place of the first condition that does not hold, from 0, or null. The logs
  -- that it looks at cannot change until the transaction ends.
  CREATE FUNCTION S.broken_condition(p_project text, p_conditions jsonb) RETURNS integer LANGUAGE plpgsql AS $fn$
  DECLARE
    condition jsonb;
    place integer := 0;
    found_log S.logs;
  BEGIN
    FOR condition IN SELECT * FROM jsonb_array_elements(p_conditions) LOOP
      PERFORM set_config('sotto.project', condition->>'p', true);
      -- A row to lock, also where there is no log yet.
      INSERT INTO S.logs
        VALUES (condition->>'p', decode(condition->>'h', 'hex'), nextval('S.numbers'), NULL, 0, 0, 1)
        ON CONFLICT DO NOTHING;
      SELECT * INTO found_log FROM S.logs l
        WHERE l.project = condition->>'p' AND l.key_hash = decode(condition->>'h', 'hex') FOR SHARE;
      PERFORM set_config('sotto.project', p_project, true);
      IF found_log.epoch <> (condition->>'e')::bigint OR found_log.version <> (condition->>'v')::bigint THEN
        RETURN place;
      END IF;
      place := place + 1;
    END LOOP;
    RETURN NULL;
  END
  $fn$;

  -- Appends batches in order. Each of p_batches: t token, e end of its body within p_bodies, i hashes of its ids, x the
  -- version expected or null, y the epoch expected or null, c what other logs have to be (p project, h hash, e epoch, v
  -- version or null), k hash of its idempotency key or null. With p_again it is a second try of an append whose
  -- answer was lost: what is there under the same token is not written again. The caller knew the log at p_known_version
  -- when it was number p_known_log: before that there is none of it.
  CREATE FUNCTION S.append(
    p_project text, p_key_hash bytea, p_key text, p_origin text, p_batches jsonb, p_bodies bytea,
    p_again boolean, p_known_log bigint, p_known_version bigint
  ) RETURNS TABLE (outcome text, batch_version bigint, log_number bigint, log_base bigint, log_epoch bigint)
  LANGUAGE plpgsql AS $fn$
  DECLARE
    held S.logs;
    batch jsonb;
    head bigint;
    seen bigint;
    since bigint := 0;
    begin_at integer := 0;
    end_at integer := 0;
  BEGIN
    PERFORM S.enter(p_project);
    held := S.lock_log(p_project, p_key_hash, true);
    head := held.version;
    log_number := held.log;
    log_base := held.base;
    log_epoch := held.epoch;
    IF p_known_log = held.log THEN
      since := p_known_version;
      IF p_again AND held.base > since THEN
        RAISE EXCEPTION 'compacted meanwhile' USING ERRCODE = 'statement_completion_unknown';
      END IF;
    END IF;
    FOR batch IN SELECT * FROM jsonb_array_elements(p_batches) LOOP
      begin_at := end_at;
      end_at := (batch->>'e')::integer;
      seen := NULL;
      IF p_again THEN
        SELECT b.version INTO seen FROM S.batches b
          WHERE b.project = p_project AND b.log = held.log AND b.version > since AND b.token = (batch->>'t')::uuid;
        IF seen IS NOT NULL THEN
          outcome := 'committed'; batch_version := seen; RETURN NEXT; CONTINUE;
        END IF;
      END IF;
      IF (batch->>'y')::bigint <> held.epoch THEN
        outcome := 'stale'; batch_version := head; RETURN NEXT; CONTINUE;
      END IF;
      IF batch->'c' <> 'null'::jsonb THEN
        seen := S.broken_condition(p_project, batch->'c');
        IF seen IS NOT NULL THEN
          outcome := 'condition'; batch_version := seen; RETURN NEXT; CONTINUE;
        END IF;
      END IF;
      IF batch->>'k' IS NOT NULL THEN
        SELECT k.version INTO seen FROM S.idempotency_keys k
          WHERE k.project = p_project AND k.log = held.log AND k.key_hash = decode(batch->>'k', 'hex');
        IF seen IS NOT NULL THEN
          outcome := 'duplicate'; batch_version := seen; RETURN NEXT; CONTINUE;
        END IF;
      END IF;
      IF (batch->>'x')::bigint <> head THEN
        outcome := 'conflict'; batch_version := head; RETURN NEXT; CONTINUE;
      END IF;
      head := head + 1;
      INSERT INTO S.batches VALUES (
        p_project, held.log, head, (batch->>'t')::uuid,
        ARRAY(SELECT jsonb_array_elements_text(batch->'i')::integer),
        substring(p_bodies FROM begin_at + 1 FOR end_at - begin_at)
      );
      IF batch->>'k' IS NOT NULL THEN
        INSERT INTO S.idempotency_keys VALUES (p_project, held.log, decode(batch->>'k', 'hex'), head);
      END IF;
      outcome := 'committed'; batch_version := head; RETURN NEXT;
    END LOOP;
    IF head > held.version THEN
      -- In the same transaction, under the lock: versions are the order of the commits.
      UPDATE S.logs l SET version = l.version + (head - held.version), key = p_key
        WHERE l.project = p_project AND l.key_hash = p_key_hash RETURNING l.version INTO head;
      PERFORM S.notify_change(p_key_hash, head, held.base, held.epoch, p_origin);
    END IF;
  END
  $fn$;

  -- The head, and batches after p_after: at most p_limit, and no more once p_bytes are reached. One row at least, if
  -- there is a log; batch_version is null in one without a batch.
  CREATE FUNCTION S.read(p_project text, p_key_hash bytea, p_after bigint, p_limit bigint, p_bytes bigint)
  RETURNS TABLE (version bigint, base bigint, epoch bigint, batch_version bigint, body bytea) LANGUAGE plpgsql AS $fn$
  BEGIN
    PERFORM S.enter(p_project);
    RETURN QUERY
      SELECT l.version, l.base, l.epoch, found.version, found.body
      FROM S.logs l
      LEFT JOIN LATERAL (
        SELECT b.version, b.body,
          sum(octet_length(b.body)) OVER (ORDER BY b.version ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
            - octet_length(b.body) AS before
        FROM (
          SELECT i.version, i.body FROM S.batches i
          WHERE i.project = p_project AND i.log = l.log AND i.version > p_after ORDER BY i.version LIMIT p_limit
        ) b
      ) found ON found.before < p_bytes
      WHERE l.project = p_project AND l.key_hash = p_key_hash
      ORDER BY found.version;
  END
  $fn$;

  -- Keys of a project, or of all for '/', that begin with p_prefix.
  CREATE FUNCTION S.list(p_project text, p_prefix text) RETURNS SETOF text LANGUAGE plpgsql AS $fn$
  BEGIN
    PERFORM S.enter(p_project);
    RETURN QUERY SELECT l.key FROM S.logs l
      WHERE (p_project = '/' OR l.project = p_project) AND l.key IS NOT NULL
        AND left(l.key, 200) >= left(p_prefix, 200) AND starts_with(l.key, p_prefix);
  END
  $fn$;

  -- Heads of watched logs: each of p_logs is { p: project, h: hash of the key in hex }. p_project is '/' for several.
  CREATE FUNCTION S.heads(p_project text, p_logs jsonb)
  RETURNS TABLE (key_hash text, version bigint, base bigint, epoch bigint) LANGUAGE plpgsql AS $fn$
  BEGIN
    PERFORM S.enter(p_project);
    RETURN QUERY SELECT wanted.h, l.version, l.base, l.epoch
      FROM jsonb_to_recordset(p_logs) AS wanted (p text, h text)
      JOIN S.logs l ON l.project = wanted.p AND l.key_hash = decode(wanted.h, 'hex');
  END
  $fn$;

  -- Within a transaction that has entered: removes snapshots of a log and their chunks.
  CREATE FUNCTION S.drop_snapshots(p_project text, p_log bigint, p_snapshots bigint[]) RETURNS void
  LANGUAGE sql AS $fn$
    DELETE FROM S.snapshot_chunks c WHERE c.project = p_project AND c.snapshot = ANY (p_snapshots);
    DELETE FROM S.snapshots s WHERE s.project = p_project AND s.log = p_log AND s.snapshot = ANY (p_snapshots);
  $fn$;

  -- Version up to which a log may be truncated: that of the older of its two newest snapshots.
  CREATE FUNCTION S.truncate(p_project text, p_key_hash bytea, p_before bigint, p_origin text) RETURNS bigint
  LANGUAGE plpgsql AS $fn$
  DECLARE
    held S.logs;
    bound bigint;
  BEGIN
    PERFORM S.enter(p_project);
    held := S.lock_log(p_project, p_key_hash, false);
    IF held.log IS NULL THEN
      RETURN 0;
    END IF;
    SELECT s.version INTO bound FROM S.snapshots s WHERE s.project = p_project AND s.log = held.log
      ORDER BY s.version DESC OFFSET 1 LIMIT 1;
    bound := greatest(held.base, least(p_before, coalesce(bound, held.base)));
    IF bound > held.base THEN
      DELETE FROM S.batches b WHERE b.project = p_project AND b.log = held.log AND b.version <= bound;
      UPDATE S.logs l SET base = bound WHERE l.project = p_project AND l.key_hash = p_key_hash;
      PERFORM S.notify_change(p_key_hash, held.version, bound, held.epoch, p_origin);
    END IF;
    RETURN bound;
  END
  $fn$;

  -- Documents that are searched here have tables of their own, made where they are wanted: then it drops a log's.
  CREATE FUNCTION S.drop_documents(p_project text, p_log bigint) RETURNS void LANGUAGE sql AS $fn$
    SELECT NULL::void
  $fn$;

  -- Whether the log held something; null when it once did.
  CREATE FUNCTION S.delete(p_project text, p_key_hash bytea, p_origin text) RETURNS boolean
  LANGUAGE plpgsql AS $fn$
  DECLARE
    held S.logs;
  BEGIN
    PERFORM S.enter(p_project);
    held := S.lock_log(p_project, p_key_hash, false);
    IF held.log IS NULL THEN
      RETURN false;
    END IF;
    IF held.version = 0 THEN
      RETURN NULL;
    END IF;
    PERFORM S.drop_snapshots(p_project, held.log,
      ARRAY(SELECT s.snapshot FROM S.snapshots s WHERE s.project = p_project AND s.log = held.log));
    PERFORM S.drop_documents(p_project, held.log);
    DELETE FROM S.batches b WHERE b.project = p_project AND b.log = held.log;
    DELETE FROM S.idempotency_keys k WHERE k.project = p_project AND k.log = held.log;
    UPDATE S.logs l SET key = NULL, version = 0, base = 0, epoch = l.epoch + 1, log = nextval('S.numbers')
      WHERE l.project = p_project AND l.key_hash = p_key_hash;
    PERFORM S.notify_change(p_key_hash, 0, 0, held.epoch + 1, p_origin);
    RETURN true;
  END
  $fn$;
`;
