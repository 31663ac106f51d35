import { StorageUnavailableError } from "@sotto/core";
import type { Sql } from "postgres";
import type { ResolvedPostgresOptions } from "../options.ts";
import { migrate as migrateSchema } from "../schema/migrate.ts";
import { searchableTrack } from "../schema/migrations.ts";

/** The tables of documents: made with the first call that needs them. */
export class SearchableSchema {
  readonly #options: ResolvedPostgresOptions;
  readonly #ready = new Map<number, Promise<void>>();
  #vector: Promise<string> | undefined;

  constructor(options: ResolvedPostgresOptions) {
    this.#options = options;
  }

  /** Makes the tables, or finds them. Answers the schema of the extension, quoted. */
  ready(sql: Sql): Promise<string> {
    this.#vector ??= this.#make(sql).catch((error) => {
      this.#vector = undefined;
      throw error;
    });
    return this.#vector;
  }

  /** And the HNSW index for vectors of so many dimensions. */
  async readyFor(sql: Sql, dimensions: number): Promise<void> {
    const vector = await this.ready(sql);
    let ready = this.#ready.get(dimensions);
    if (ready === undefined) {
      ready = this.#index(sql, vector, dimensions).catch((error) => {
        this.#ready.delete(dimensions);
        throw error;
      });
      this.#ready.set(dimensions, ready);
    }
    await ready;
  }

  async #make(sql: Sql): Promise<string> {
    const vector = await vectorSchema(sql);
    if (vector === undefined) {
      const reason =
        "searchable indexes need the extension pgvector 0.8 or later: install it, and run CREATE EXTENSION vector in this database as a superuser";
      throw new StorageUnavailableError(this.#options.name, reason);
    }
    await migrateSchema(sql, this.#options, searchableTrack(vector));
    return vector;
  }

  /** Searches are right without it, and slow once there is much. */
  async #index(sql: Sql, vector: string, dimensions: number): Promise<void> {
    const { schema, migrate, logger, name } = this.#options;
    const index = `documents_hnsw_${Math.trunc(dimensions)}`;
    const exists = async (from: Pick<Sql, "unsafe">) =>
      (
        await from.unsafe("SELECT FROM pg_class WHERE relname = $1 AND relnamespace = to_regnamespace($2)", [
          index,
          `"${schema}"`,
        ])
      ).length > 0;
    if (await exists(sql)) return;
    if (!migrate) {
      logger?.warn("there is no HNSW index for these dimensions: run migratePostgres with searchable", {
        store: name,
        dimensions,
      });
      return;
    }
    await sql.begin(async (transaction) => {
      await transaction`SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)`;
      await transaction`SELECT pg_advisory_xact_lock(hashtextextended(${`sotto migrations of ${schema}`}, 0))`;
      if (await exists(transaction)) return;
      await transaction.unsafe(`
        CREATE INDEX ${index} ON "${schema}".documents
        USING hnsw ((embedding::${vector}.halfvec(${Math.trunc(dimensions)})) ${vector}.halfvec_ip_ops)
        WITH (m = 16, ef_construction = 128) WHERE dimensions = ${Math.trunc(dimensions)}
      `);
    });
  }
}

async function vectorSchema(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ schema: string; version: string }[]>`
    SELECT quote_ident(nspname) AS schema, extversion AS version
    FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'
  `;
  if (row === undefined) return undefined;
  const [major = 0, minor = 0] = row.version.split(".").map(Number);
  return major > 0 || minor >= 8 ? row.schema : undefined;
}
