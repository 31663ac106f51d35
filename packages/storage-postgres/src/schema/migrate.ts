import { StorageNewerFormatError, StorageUnavailableError } from "@sotto/core";
import type { Sql, TransactionSql } from "postgres";
import { migrationFor, SCHEMA_VERSION } from "./migrations.ts";

export interface SchemaToMigrate {
  /** The store's, for messages. */
  name: string;
  schema: string;
  /** False: the schema has to be there, in the version of this package. */
  migrate: boolean;
}

/** Brings a schema to the version of this package, one process at a time; the others wait and find it done. */
export async function migrate(sql: Sql, target: SchemaToMigrate): Promise<void> {
  const version = await schemaVersion(sql, target.schema);
  if (version === SCHEMA_VERSION) return;
  if (version > SCHEMA_VERSION) throw newer(target, version);
  if (!target.migrate) {
    const reason = `its schema "${target.schema}" is at version ${version} and ${SCHEMA_VERSION} is needed: call migratePostgres once, or pass migrate: true`;
    throw new StorageUnavailableError(target.name, reason);
  }
  await sql.begin(async (transaction) => {
    await transaction`SET LOCAL statement_timeout = 0`;
    await transaction`SET LOCAL lock_timeout = 0`;
    await transaction`SELECT pg_advisory_xact_lock(hashtextextended(${`sotto migrations of ${target.schema}`}, 0))`;
    const current = await schemaVersion(transaction, target.schema);
    if (current > SCHEMA_VERSION) throw newer(target, current);
    await prepare(transaction, target.schema);
    for (let next = current + 1; next <= SCHEMA_VERSION; next++) {
      await transaction.unsafe(migrationFor(next, target.schema));
      await transaction`INSERT INTO ${transaction(target.schema)}.migrations (version) VALUES (${next})`;
    }
  });
}

async function prepare(sql: TransactionSql, schema: string): Promise<void> {
  // Not IF NOT EXISTS alone: it wants the privilege to create even where nothing is to be created.
  const [found] = await sql`SELECT FROM pg_namespace WHERE nspname = ${schema}`;
  if (found === undefined) await sql`CREATE SCHEMA ${sql(schema)}`;
  await sql`
    CREATE TABLE IF NOT EXISTS ${sql(schema)}.migrations (
      version integer PRIMARY KEY,
      applied_at timestamptz NOT NULL DEFAULT now()
    )
  `;
}

/** 0 where there is none yet. */
async function schemaVersion(sql: Sql | TransactionSql, schema: string): Promise<number> {
  // Not to_regclass, which may answer from what it remembers of before another process made the table.
  const [table] = await sql`
    SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = ${schema} AND relname = 'migrations'
  `;
  if (table === undefined) return 0;
  const [row] = await sql<{ version: number | null }[]>`SELECT max(version) AS version FROM ${sql(schema)}.migrations`;
  return row?.version ?? 0;
}

function newer({ name, schema }: SchemaToMigrate, version: number): StorageNewerFormatError {
  return new StorageNewerFormatError(`The schema "${schema}" of ${name}`, version, SCHEMA_VERSION);
}
