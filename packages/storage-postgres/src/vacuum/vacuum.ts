import type { Sql } from "postgres";
import { createClient } from "../connection/client.ts";
import type { Connections } from "../connection/connections.ts";
import type { ResolvedPostgresOptions } from "../options.ts";

/** Tables that hold what users said. */
const TABLES = ["batches", "snapshot_chunks", "snapshots", "idempotency_keys", "logs"] as const;
const SEARCHABLE_TABLES = ["documents", "postings", "document_terms", "indexes"] as const;

export interface VacuumOptions {
  /**
   * Writes the tables anew (`VACUUM FULL`): afterwards the files of the database hold nothing of what was erased. It locks
   * each table while it is written, and needs as much room again. Default false: space is freed for new rows, and its bytes
   * stay in the files until they are written over.
   */
  full?: boolean;
}

export interface VacuumResult {
  /** Tables that were vacuumed. */
  done: string[];
  /** What is left to do, in words for whoever runs the database. Empty when nothing is, in the tables. */
  remains: string[];
}

/** What no vacuum of the tables reaches. */
export const BEYOND_VACUUM =
  "the write-ahead log, its archive, standbys and backups keep what was erased until they are recycled: see the README";

/** Runs VACUUM on the tables, where the role may. */
export async function vacuumTables(
  options: ResolvedPostgresOptions,
  connections: Connections,
  { full = false }: VacuumOptions = {},
): Promise<VacuumResult> {
  // The tables are there, and the primary is found.
  await connections.run(({ sql }) => sql`SELECT`);
  const refused = new Set<string>();
  let notices: string[] = [];
  const client = createClient({ ...options, statementTimeoutMs: 0 }, connections.host, 1, {
    onNotice: ({ severity, message = "" }) => {
      if (severity === "WARNING") notices.push(message);
    },
  });
  const done: string[] = [];
  try {
    for (const table of await tablesOf(client, options.schema)) {
      notices = [];
      await client`VACUUM ${client.unsafe(full ? "(FULL, ANALYZE)" : "(ANALYZE)")} ${client(options.schema)}.${client(table)}`.simple();
      if (notices.length > 0) refused.add(table);
      else done.push(table);
    }
    return { done, remains: [...refusedText(refused), ...(await heldBack(client, full)), ...(full ? [] : [NOT_FULL])] };
  } finally {
    await client.end({ timeout: 0 });
  }
}

const NOT_FULL =
  "freed space in the tables' files keeps its old bytes until new rows are written over them: vacuum({ full: true }) writes the files anew";

async function tablesOf(client: Sql, schema: string): Promise<string[]> {
  const [found] = await client`
    SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = ${schema} AND relname = ${SEARCHABLE_TABLES[0]}
  `;
  return found === undefined ? [...TABLES] : [...TABLES, ...SEARCHABLE_TABLES];
}

function refusedText(tables: ReadonlySet<string>): string[] {
  if (tables.size === 0) return [];
  return [`VACUUM of ${[...tables].join(", ")} is for the owner of the tables: this role may not`];
}

/** A transaction that is open since before an erase can still see what was erased, so VACUUM leaves it. */
async function heldBack(client: Sql, full: boolean): Promise<string[]> {
  const [row] = await client<{ oldest: number | null }[]>`
    SELECT max(extract(epoch FROM now() - xact_start))::integer AS oldest FROM pg_stat_activity
    WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid() AND datname = current_database()
  `;
  if (row === undefined || row.oldest === null || row.oldest < 1) return [];
  return [
    `a transaction that is open for ${row.oldest} s can still see what was erased${full ? "" : ", and kept VACUUM from removing it"}: vacuum again when it has ended`,
  ];
}
