/**
 * Sotto's memory in PostgreSQL: one store for many processes and machines.
 *
 * @module
 * @example
 * ```ts
 * import { createSotto } from "@sotto/core";
 * import { postgresStorage } from "@sotto/storage-postgres";
 *
 * const sotto = createSotto({ storage: postgresStorage("postgres://sotto:secret@localhost/sotto") });
 * ```
 */
export { type MigratePostgresOptions, migratePostgres } from "./migrate-postgres.ts";
export { defaultPostgresOptions, type PostgresStorageOptions } from "./options.ts";
export { type PostgresStorage, postgresStorage } from "./postgres-storage.ts";
export type { VacuumOptions, VacuumResult } from "./vacuum/vacuum.ts";
