/**
 * Throw-away PostgreSQL servers, for tests: `tooling/scripts/install-postgres.sh` brings the programs.
 *
 * @module
 */
export { hasPgvector, hasPostgres, PGVECTOR_MISSING, POSTGRES_MISSING } from "./installation.ts";
export { type StartOptions, startPostgres, type TestPostgres } from "./test-postgres.ts";
