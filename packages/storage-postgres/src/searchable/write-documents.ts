import { createHash } from "node:crypto";
import type { SearchablePut, SearchableWrite, SearchableWritten } from "@sotto/core/storage";
import type { TransactionSql } from "postgres";
import type { LogAddress } from "../log/log-address.ts";
import type { StoreSession } from "../postgres-log.ts";
import { packVector } from "./packed-vector.ts";
import type { SearchableSchema } from "./searchable-schema.ts";
import { termHash } from "./term-hash.ts";

/** Chunks of one statement. */
const CHUNKS_PER_STATEMENT = 200;

/** A write of so many is followed by an ANALYZE. */
const MANY_CHUNKS = 1_000;

/** BM25 counts a term so often in a chunk, and no more. */
const MOST_FREQUENCY = 63;

interface Target {
  session: StoreSession;
  schema: SearchableSchema;
  address: LogAddress;
}

interface Deleted {
  deleted: number;
  replaced: number;
  gone: number;
}

/** All of a write or nothing, in one transaction. */
export async function writeDocuments(target: Target, write: SearchableWrite): Promise<SearchableWritten> {
  const { session, address, schema } = target;
  const name = session.statements.schema;
  const keyHash =
    write.idempotencyKey === undefined
      ? null
      : createHash("sha256").update(`documents ${write.idempotencyKey}`).digest("hex");
  const written = await session.connections.run(
    async ({ sql }) => {
      await schema.readyFor(sql, write.dimensions);
      return sql.begin(async (transaction): Promise<SearchableWritten> => {
        const { log, version } = await beginWrite(transaction, target);
        if (keyHash !== null && (await isKnown(transaction, target, log, keyHash))) {
          return { version, added: 0, updated: 0, duplicate: true, taken: [] };
        }
        const ids = write.documents.map(({ id }) => id);
        if (write.mustBeNew === true) {
          const taken = await takenIds(transaction, target, log, write);
          if (taken.length > 0) return { version, added: 0, updated: 0, duplicate: false, taken };
        }
        if (write.reset === true) await reset(transaction, target, log);
        const chunks = write.documents.flatMap((document) => document.chunks);
        const stale = [...new Set([...ids, ...chunks.map(({ document }) => document.id)])];
        const { replaced: updated } = await remove(transaction, target, log, stale, ids);
        for (let i = 0; i < chunks.length; i += CHUNKS_PER_STATEMENT) {
          const some = chunks.slice(i, i + CHUNKS_PER_STATEMENT).map(toJson);
          await transaction`
            SELECT ${transaction(name)}.insert_documents(
              ${address.project}, ${log}, ${transaction.json(some as never)}, ${write.dimensions}
            )
          `;
        }
        const documents = write.documents.filter((document) => document.chunks.length > 0).length;
        await endWrite(transaction, target, log, { documents, at: write.at });
        if (keyHash !== null) {
          await transaction`
            INSERT INTO ${transaction(name)}.idempotency_keys
            VALUES (${address.project}, ${log}, decode(${keyHash}, 'hex'), ${version + 1})
          `;
        }
        return { version: version + 1, added: ids.length - updated, updated, duplicate: false, taken: [] };
      });
    },
    { long: true },
  );
  const chunks = write.documents.reduce((sum, document) => sum + document.chunks.length, 0);
  if (chunks >= MANY_CHUNKS) await analyze(target);
  return written;
}

/** So that the next searches are planned by what is there now. For the owner of the tables; others leave it to autovacuum. */
async function analyze({ session }: Target): Promise<void> {
  const { schema } = session.statements;
  await session.connections
    .run(({ sql }) => sql`ANALYZE ${sql(schema)}.documents, ${sql(schema)}.postings, ${sql(schema)}.document_terms`, {
      long: true,
    })
    .catch(() => {});
}

export async function deleteDocuments(
  target: Target,
  ids: readonly string[],
): Promise<{ deleted: number; version: number }> {
  const { session, schema } = target;
  return session.connections.run(
    async ({ sql }) => {
      await schema.ready(sql);
      return sql.begin(async (transaction) => {
        const { log, version } = await beginWrite(transaction, target);
        const { deleted } = await remove(transaction, target, log, ids, []);
        if (deleted === 0) return { deleted, version };
        await endWrite(transaction, target, log, { documents: 0, at: undefined });
        return { deleted, version: version + 1 };
      });
    },
    { long: true },
  );
}

/** Holds the log's row, so that writes to an index come one after the other. */
async function beginWrite(
  sql: TransactionSql,
  { session, address }: Target,
): Promise<{ log: number; version: number }> {
  const schema = session.statements.schema;
  await session.statements.enter(sql, address.project);
  const [locked] = await sql<{ log: number }[]>`
    SELECT log FROM ${sql(schema)}.lock_log(${address.project}, decode(${address.hash}, 'hex'), true)
  `;
  const log = locked?.log ?? 0;
  await sql`
    INSERT INTO ${sql(schema)}.indexes (project, log) VALUES (${address.project}, ${log}) ON CONFLICT DO NOTHING
  `;
  const [row] = await sql<{ version: number }[]>`
    SELECT version FROM ${sql(schema)}.indexes WHERE project = ${address.project} AND log = ${log}
  `;
  return { log, version: row?.version ?? 0 };
}

async function endWrite(
  sql: TransactionSql,
  { session, address }: Target,
  log: number,
  { documents, at }: { documents: number; at: number | undefined },
): Promise<void> {
  await sql`
    UPDATE ${sql(session.statements.schema)}.indexes
    SET version = version + 1, documents = documents + ${documents}, updated_at = coalesce(${at ?? null}, updated_at)
    WHERE project = ${address.project} AND log = ${log}
  `;
}

async function isKnown(
  sql: TransactionSql,
  { session, address }: Target,
  log: number,
  keyHash: string,
): Promise<boolean> {
  const [known] = await sql`
    SELECT FROM ${sql(session.statements.schema)}.idempotency_keys
    WHERE project = ${address.project} AND log = ${log} AND key_hash = decode(${keyHash}, 'hex')
  `;
  return known !== undefined;
}

async function takenIds(
  sql: TransactionSql,
  { session, address }: Target,
  log: number,
  { documents }: SearchableWrite,
): Promise<string[]> {
  const ids = documents.flatMap(({ id, chunks }) => [id, ...chunks.map(({ document }) => document.id)]);
  const rows = await sql<{ id: string }[]>`
    SELECT DISTINCT wanted.id FROM jsonb_array_elements_text(${sql.json([...new Set(ids)])}) AS wanted (id)
    JOIN ${sql(session.statements.schema)}.documents d
      ON d.project = ${address.project} AND d.log = ${log} AND (d.id = wanted.id OR d.parent = wanted.id)
  `;
  return rows.map(({ id }) => id);
}

async function reset(sql: TransactionSql, { session, address }: Target, log: number): Promise<void> {
  const schema = session.statements.schema;
  for (const table of ["documents", "postings", "document_terms"]) {
    await sql`DELETE FROM ${sql(schema)}.${sql(table)} WHERE project = ${address.project} AND log = ${log}`;
  }
  await sql`
    UPDATE ${sql(schema)}.indexes SET documents = 0, chunks = 0, total_length = 0
    WHERE project = ${address.project} AND log = ${log}
  `;
}

async function remove(
  sql: TransactionSql,
  { session, address }: Target,
  log: number,
  ids: readonly string[],
  documents: readonly string[],
): Promise<Deleted> {
  const [row] = await sql<Deleted[]>`
    SELECT * FROM ${sql(session.statements.schema)}.delete_documents(
      ${address.project}, ${log}, ${sql.json([...ids])}, ${sql.json([...documents])}
    )
  `;
  return row ?? { deleted: 0, replaced: 0, gone: 0 };
}

/** As S.insert_documents takes it. */
function toJson({ document, vector, terms, length, normLength }: SearchablePut) {
  // Two terms with one hash are one.
  const frequencies = new Map<number, number>();
  for (const { term, frequency } of terms) {
    const hash = termHash(term);
    frequencies.set(hash, Math.min(MOST_FREQUENCY, (frequencies.get(hash) ?? 0) + frequency));
  }
  return {
    i: document.id,
    p: document.chunk?.parentId ?? null,
    b: JSON.stringify(document),
    m: document.metadata ?? {},
    w: [...frequencies.keys()],
    f: [...frequencies.values()],
    l: length,
    n: normLength,
    v: vector === undefined ? null : vectorText(vector),
    q: vector === undefined ? null : packVector(vector).toString("hex"),
  };
}

function vectorText({ scale, values }: { scale: number; values: Int8Array }): string {
  return `[${Array.from(values, (value) => (value === 0 ? "0" : (value * scale).toPrecision(5))).join(",")}]`;
}
