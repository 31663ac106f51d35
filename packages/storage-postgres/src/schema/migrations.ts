import { LOG_FUNCTIONS } from "./001-log-functions.ts";
import { LOG_TABLES } from "./001-log-tables.ts";
import { DOCUMENTS } from "./searchable-001-documents.ts";

/** Migrations that follow one another, and the table in which is written how far a schema is. */
export interface MigrationTrack {
  table: string;
  /** In order; number n of them makes version n. One that was published is never changed: write the next. */
  migrations: readonly string[];
  /** The schema of the extension `vector`, quoted, for those that need it. */
  vector?: string;
}

export const logsTrack: MigrationTrack = { table: "migrations", migrations: [LOG_TABLES + LOG_FUNCTIONS] };

export function searchableTrack(vector: string): MigrationTrack {
  return { table: "searchable_migrations", migrations: [DOCUMENTS], vector };
}

/** The version of the schema that this package works with. */
export const SCHEMA_VERSION = logsTrack.migrations.length;

/** The SQL of a migration for one schema, whose name is checked already. */
export function migrationFor({ migrations, vector = "" }: MigrationTrack, version: number, schema: string): string {
  const text = migrations[version - 1] ?? "";
  return text
    .replaceAll(/\bS\./g, `"${schema}".`)
    .replaceAll("'S'::regnamespace", `'"${schema}"'::regnamespace`)
    .replaceAll(/\bV\./g, `${vector}.`)
    .replaceAll("CHANNEL", `'${channelOf(schema)}'`);
}

/** The channel on which a schema's changes are told. */
export function channelOf(schema: string): string {
  return `sotto:${schema}`;
}
