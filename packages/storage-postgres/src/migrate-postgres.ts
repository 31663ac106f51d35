import { InvalidArgumentError } from "@sotto/core";
import { Connections } from "./connection/connections.ts";
import { type PostgresStorageOptions, resolvePostgresOptions } from "./options.ts";
import { SCHEMA_VERSION } from "./schema/migrations.ts";

export interface MigratePostgresOptions extends Omit<PostgresStorageOptions, "project" | "migrate"> {
  /** A role that the stores connect as: it may read and write the tables, and neither own nor change them. */
  grantTo?: string;
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
  { grantTo, ...options }: MigratePostgresOptions = {},
): Promise<{ schemaVersion: number }> {
  if (grantTo !== undefined && (typeof grantTo !== "string" || grantTo === "" || grantTo.includes("\0"))) {
    throw new InvalidArgumentError("grantTo", "it must be the name of a role");
  }
  const connections = new Connections({ ...resolvePostgresOptions(url, options), migrate: true });
  const { schema } = resolvePostgresOptions(url, options);
  try {
    await connections.run(async ({ sql }) => {
      if (grantTo === undefined) return;
      const role = `"${grantTo.replaceAll('"', '""')}"`;
      await sql.unsafe(`
        GRANT USAGE ON SCHEMA "${schema}" TO ${role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${schema}" TO ${role};
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA "${schema}" TO ${role};
        REVOKE INSERT, UPDATE, DELETE ON "${schema}".migrations FROM ${role};
      `);
    });
    return { schemaVersion: SCHEMA_VERSION };
  } finally {
    await connections.close();
  }
}
