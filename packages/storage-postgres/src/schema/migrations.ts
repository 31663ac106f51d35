import { LOGS } from "./001-logs.ts";

/** In order; number n of them makes schema version n. One that was published is never changed: write the next. */
export const migrations: readonly string[] = [LOGS];

/** The version of the schema that this package works with. */
export const SCHEMA_VERSION = migrations.length;

/** The SQL of a migration for one schema, whose name is checked already. */
export function migrationFor(version: number, schema: string): string {
  const text = migrations[version - 1] ?? "";
  return text.replaceAll(/\bS\./g, `"${schema}".`).replaceAll("CHANNEL", `'${channelOf(schema)}'`);
}

/** The channel on which a schema's changes are told. */
export function channelOf(schema: string): string {
  return `sotto:${schema}`;
}
