import { InvalidArgumentError } from "@sotto/core";
import { checkCount } from "@sotto/core/storage";
import { Connections } from "./connection/connections.ts";
import { type PostgresStorageOptions, resolvePostgresOptions } from "./options.ts";
import { SCHEMA_VERSION } from "./schema/migrations.ts";
import { SearchableSchema } from "./searchable/searchable-schema.ts";

export interface MigratePostgresOptions extends Omit<PostgresStorageOptions, "project" | "migrate"> {
  /** A role that the stores connect as: it may read and write the tables, and neither own nor change them. */
  grantTo?: string;
  /** With `searchable`: dimensions of the embedders that are used, for an HNSW index each. Default none. */
  dimensions?: readonly number[];
}

/**
 * Makes the schema, or brings it to the version of this package, as the role that owns it. Then stores can run as another
 * role, with `migrate: false`. Answers the version of the schema.
 *
 * @example
 * await migratePostgres("postgres://owner:secret@db/sotto", { grantTo: "sotto_app" });
 */
export async function migratePostgres(
  url: string,
  { grantTo, dimensions = [], ...options }: MigratePostgresOptions = {},
): Promise<{ schemaVersion: number }> {
  if (grantTo !== undefined && (typeof grantTo !== "string" || grantTo === "" || grantTo.includes("\0"))) {
    throw new InvalidArgumentError("grantTo", "it must be the name of a role");
  }
  for (const length of dimensions) checkCount("dimensions", length, 1);
  const resolved = { ...resolvePostgresOptions(url, options), migrate: true };
  const { schema, searchable } = resolved;
  const connections = new Connections(resolved);
  const documents = new SearchableSchema(resolved);
  try {
    await connections.run(async ({ sql }) => {
      if (searchable) await documents.ready(sql);
      for (const length of searchable ? dimensions : []) await documents.readyFor(sql, length);
      if (grantTo === undefined) return;
      const role = `"${grantTo.replaceAll('"', '""')}"`;
      await sql.unsafe(`
        GRANT USAGE ON SCHEMA "${schema}" TO ${role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${schema}" TO ${role};
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA "${schema}" TO ${role};
        REVOKE INSERT, UPDATE, DELETE ON "${schema}".migrations${searchable ? `, "${schema}".searchable_migrations` : ""} FROM ${role};
      `);
    });
    return { schemaVersion: SCHEMA_VERSION };
  } finally {
    await connections.close();
  }
}
