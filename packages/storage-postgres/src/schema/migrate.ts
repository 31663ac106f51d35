import { StorageNewerFormatError, StorageUnavailableError } from "@sotto/core";
import type { Sql, TransactionSql } from "postgres";
import { logsTrack, type MigrationTrack, migrationFor } from "./migrations.ts";

export interface SchemaToMigrate {
  /** The store's, for messages. */
  name: string;
  schema: string;
  /** False: the schema has to be there, in the version of this package. */
  migrate: boolean;
}

/** Brings a schema to the version of this package, one process at a time; the others wait and find it done. */
export async function migrate(sql: Sql, target: SchemaToMigrate, track: MigrationTrack = logsTrack): Promise<void> {
  const wanted = track.migrations.length;
  const version = await versionOf(sql, target.schema, track);
  if (version === wanted) return;
  if (version > wanted) throw newer(target, version, wanted);
  if (!target.migrate) {
    const reason = `its schema "${target.schema}" is at version ${version} and ${wanted} is needed: call migratePostgres once, or pass migrate: true`;
    throw new StorageUnavailableError(target.name, reason);
  }
  await sql.begin(async (transaction) => {
    await transaction`SET LOCAL statement_timeout = 0`;
    await transaction`SET LOCAL lock_timeout = 0`;
    await transaction`SELECT pg_advisory_xact_lock(hashtextextended(${`sotto migrations of ${target.schema}`}, 0))`;
    const current = await versionOf(transaction, target.schema, track);
    if (current > wanted) throw newer(target, current, wanted);
    await prepare(transaction, target.schema, track);
    for (let next = current + 1; next <= wanted; next++) {
      await transaction.unsafe(migrationFor(track, next, target.schema));
      await transaction`INSERT INTO ${transaction(target.schema)}.${transaction(track.table)} (version) VALUES (${next})`;
    }
  });
}

async function prepare(sql: TransactionSql, schema: string, { table }: MigrationTrack): Promise<void> {
  // Not IF NOT EXISTS alone: it wants the privilege to create even where nothing is to be created.
  const [found] = await sql`SELECT FROM pg_namespace WHERE nspname = ${schema}`;
  if (found === undefined) await sql`CREATE SCHEMA ${sql(schema)}`;
  await sql`
    CREATE TABLE IF NOT EXISTS ${sql(schema)}.${sql(table)} (
      version integer PRIMARY KEY,
      applied_at timestamptz NOT NULL DEFAULT now()
    )
  `;
}

/** 0 where there is none yet. */
async function versionOf(sql: Sql | TransactionSql, schema: string, { table }: MigrationTrack): Promise<number> {
  // Not to_regclass, which may answer from what it remembers of before another process made the table.
  const [found] = await sql`
    SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = ${schema} AND relname = ${table}
  `;
  if (found === undefined) return 0;
  const [row] = await sql<
    { version: number | null }[]
  >`SELECT max(version) AS version FROM ${sql(schema)}.${sql(table)}`;
  return row?.version ?? 0;
}

function newer({ name, schema }: SchemaToMigrate, version: number, wanted: number): StorageNewerFormatError {
  return new StorageNewerFormatError(`The schema "${schema}" of ${name}`, version, wanted);
}
