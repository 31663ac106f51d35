/**
 * Documents of the indexes that are searched here: one table for all projects and indexes, divided by hash into a fixed
 * number of partitions. An HNSW index covers a partition and all that is in it, for one number of dimensions: their number
 * does not grow with the number of tenants. Which rows are an index's is a condition that the scan goes on for until it has
 * enough.
 *
 * `S` stands for the schema, `V` for that of the extension `vector`.
 */
export const DOCUMENTS = `
  CREATE TABLE S.indexes (
    project text COLLATE "C" NOT NULL,
    log bigint NOT NULL,
    version bigint NOT NULL DEFAULT 0,
    documents bigint NOT NULL DEFAULT 0,
    chunks bigint NOT NULL DEFAULT 0,
    total_length bigint NOT NULL DEFAULT 0,
    updated_at bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (project, log)
  ) WITH (fillfactor = 70);

  -- embedding is what is searched, vector what was written: the engine scores by it.
  -- number: the order of adding. terms: hashes of the distinct terms.
  CREATE TABLE S.documents (
    project text COLLATE "C" NOT NULL,
    log bigint NOT NULL,
    number bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    parent text COLLATE "C",
    body text NOT NULL,
    metadata jsonb NOT NULL,
    terms integer[] NOT NULL,
    length integer NOT NULL,
    dimensions integer,
    embedding V.halfvec,
    vector bytea,
    PRIMARY KEY (project, log, number)
  ) PARTITION BY HASH (project, log);

  -- The words: which chunks hold a term, how often, and how long they are. A row each and not an array in the document with
  -- a GIN index over it: under row-level security only leakproof operators may use an index, and those of arrays are not.
  CREATE TABLE S.postings (
    project text COLLATE "C" NOT NULL,
    log bigint NOT NULL,
    term integer NOT NULL,
    number bigint NOT NULL,
    frequency smallint NOT NULL,
    norm_length integer NOT NULL,
    PRIMARY KEY (project, log, term, number) INCLUDE (frequency, norm_length)
  ) PARTITION BY HASH (project, log);

  DO $do$
  BEGIN
    FOR remainder IN 0..7 LOOP
      EXECUTE format(
        'CREATE TABLE S.documents_%s PARTITION OF S.documents FOR VALUES WITH (MODULUS 8, REMAINDER %s)',
        remainder, remainder);
      EXECUTE format(
        'CREATE TABLE S.postings_%s PARTITION OF S.postings FOR VALUES WITH (MODULUS 8, REMAINDER %s)',
        remainder, remainder);
    END LOOP;
  END
  $do$;
  CREATE UNIQUE INDEX documents_by_id ON S.documents (project, log, id);
  CREATE INDEX documents_by_parent ON S.documents (project, log, parent) WHERE parent IS NOT NULL;

  -- How many chunks of an index hold a term.
  CREATE TABLE S.document_terms (
    project text COLLATE "C" NOT NULL,
    log bigint NOT NULL,
    term integer NOT NULL,
    chunks bigint NOT NULL,
    PRIMARY KEY (project, log, term)
  ) WITH (fillfactor = 70);

  DO $do$
  DECLARE
    name text;
  BEGIN
    FOR name IN
      SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'S'::regnamespace
        AND (relname IN ('indexes', 'document_terms') OR relname ~ '^(documents|postings)(_[0-9]+)?$')
    LOOP
      EXECUTE format('ALTER TABLE S.%I ENABLE ROW LEVEL SECURITY', name);
      EXECUTE format('ALTER TABLE S.%I FORCE ROW LEVEL SECURITY', name);
      EXECUTE format(
        'CREATE POLICY of_project ON S.%I USING (project = current_setting(''sotto.project'', true) '
        'OR current_setting(''sotto.project'', true) = ''/'') '
        'WITH CHECK (project = current_setting(''sotto.project'', true))', name);
    END LOOP;
  END
  $do$;

  -- One row when there is such a log. p_terms: hashes of terms; frequencies are in their order.
  CREATE FUNCTION S.index_statistics(p_project text, p_key_hash bytea, p_terms jsonb)
  RETURNS TABLE (
    log bigint, version bigint, documents bigint, chunks bigint, total_length bigint, updated_at bigint, frequencies jsonb
  ) LANGUAGE plpgsql AS $fn$
  BEGIN
    PERFORM S.enter(p_project);
    RETURN QUERY
      SELECT l.log, i.version, i.documents, i.chunks, i.total_length, i.updated_at, (
        SELECT coalesce(jsonb_agg(coalesce(t.chunks, 0) ORDER BY wanted.place), '[]'::jsonb)
        FROM jsonb_array_elements_text(p_terms) WITH ORDINALITY AS wanted (term, place)
        LEFT JOIN S.document_terms t
          ON t.project = p_project AND t.log = l.log AND t.term = wanted.term::integer
      )
      FROM S.logs l LEFT JOIN S.indexes i ON i.project = p_project AND i.log = l.log
      WHERE l.project = p_project AND l.key_hash = p_key_hash;
  END
  $fn$;

  -- Within a transaction that has entered and holds the log's row: deletes chunks by their ids or their documents'.
  -- replaced: how many of p_documents were there; gone: documents of which nothing is left.
  CREATE FUNCTION S.delete_documents(
    p_project text, p_log bigint, p_ids jsonb, p_documents jsonb, OUT deleted bigint, OUT replaced bigint, OUT gone bigint
  ) LANGUAGE plpgsql AS $fn$
  DECLARE
    ids text[] := ARRAY(SELECT jsonb_array_elements_text(p_ids));
    asked text[] := ARRAY(SELECT jsonb_array_elements_text(p_documents));
    touched text[];
    lengths bigint;
  BEGIN
    WITH removed AS (
      DELETE FROM S.documents d WHERE d.project = p_project AND d.log = p_log AND (d.id = ANY (ids) OR d.parent = ANY (ids))
      RETURNING d.id, d.parent, d.number, d.terms, d.length
    ), unposted AS (
      DELETE FROM S.postings p USING (SELECT number, unnest(terms) AS term FROM removed) AS held
      WHERE p.project = p_project AND p.log = p_log AND p.term = held.term AND p.number = held.number
    ), fewer AS (
      UPDATE S.document_terms t SET chunks = t.chunks - held.chunks
      FROM (SELECT unnest(terms) AS term, count(*) AS chunks FROM removed GROUP BY 1) AS held
      WHERE t.project = p_project AND t.log = p_log AND t.term = held.term
    )
    SELECT count(*), coalesce(sum(r.length), 0), array_agg(DISTINCT coalesce(r.parent, r.id)),
      count(DISTINCT CASE WHEN r.id = ANY (asked) THEN r.id WHEN r.parent = ANY (asked) THEN r.parent END)
    INTO deleted, lengths, touched, replaced FROM removed r;
    gone := 0;
    IF deleted = 0 THEN
      RETURN;
    END IF;
    SELECT count(*) INTO gone FROM unnest(touched) AS was (id) WHERE NOT EXISTS (
      SELECT FROM S.documents d WHERE d.project = p_project AND d.log = p_log AND (d.id = was.id OR d.parent = was.id)
    );
    UPDATE S.indexes i
      SET documents = i.documents - gone, chunks = i.chunks - deleted, total_length = i.total_length - lengths
      WHERE i.project = p_project AND i.log = p_log;
  END
  $fn$;

  -- The same: adds chunks. i id, p parent, b body, m metadata, w hashes of different terms, f their frequencies, l and n
  -- lengths,
  -- v vector or null, q the same as it was quantized, in hex.
  CREATE FUNCTION S.insert_documents(p_project text, p_log bigint, p_chunks jsonb, p_dimensions integer) RETURNS void
  LANGUAGE plpgsql AS $fn$
  BEGIN
    WITH given AS MATERIALIZED (
      SELECT c, nextval('S.numbers') AS number
      FROM (SELECT c FROM jsonb_array_elements(p_chunks) WITH ORDINALITY AS each (c, n) ORDER BY n) AS in_order
    ), posted AS (
      INSERT INTO S.postings
      SELECT p_project, p_log, w::integer, number, f::smallint, (c->>'n')::integer
      FROM given, ROWS FROM (jsonb_array_elements_text(c->'w'), jsonb_array_elements_text(c->'f')) AS held (w, f)
    ), added AS (
      INSERT INTO S.documents
      SELECT p_project, p_log, number, c->>'i', c->>'p', c->>'b', c->'m',
        ARRAY(SELECT t::integer FROM jsonb_array_elements_text(c->'w') AS t), (c->>'l')::integer,
        CASE WHEN c->>'v' IS NOT NULL THEN p_dimensions END, (c->>'v')::V.halfvec, decode(c->>'q', 'hex')
      FROM given
      RETURNING terms, length
    ), more AS (
      INSERT INTO S.document_terms AS t (project, log, term, chunks)
      SELECT p_project, p_log, term, count(*) FROM added, unnest(terms) AS term GROUP BY term
      ON CONFLICT (project, log, term) DO UPDATE SET chunks = t.chunks + excluded.chunks
    )
    UPDATE S.indexes i SET chunks = i.chunks + sums.chunks, total_length = i.total_length + sums.length
    FROM (SELECT count(*) AS chunks, coalesce(sum(length), 0) AS length FROM added) AS sums
    WHERE i.project = p_project AND i.log = p_log;
  END
  $fn$;

  CREATE OR REPLACE FUNCTION S.drop_documents(p_project text, p_log bigint) RETURNS void LANGUAGE sql AS $fn$
    DELETE FROM S.documents d WHERE d.project = p_project AND d.log = p_log;
    DELETE FROM S.postings p WHERE p.project = p_project AND p.log = p_log;
    DELETE FROM S.document_terms t WHERE t.project = p_project AND t.log = p_log;
    DELETE FROM S.indexes i WHERE i.project = p_project AND i.log = p_log;
  $fn$;
`;
