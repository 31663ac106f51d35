import type { LogHead } from "@sotto/core";
import type { Sql, TransactionSql } from "postgres";
import type { LogAddress } from "./log-address.ts";

export type AnySql = Sql | TransactionSql;

export interface AppendOutcome {
  outcome: "committed" | "duplicate" | "conflict" | "stale" | "condition";
  /** Of a conflict, and of a stale epoch: the head. Of a condition: which. */
  batch_version: number;
  log_number: number;
  log_base: number;
  log_epoch: number;
}

export interface AppendInput {
  batches: readonly object[];
  bodies: string;
  again: boolean;
  known: { log: number; version: number } | undefined;
}

export interface ReadRow extends LogHead {
  batch_version: number | null;
  body: Buffer | null;
}

/** The functions of the schema, as calls: `schema/` says what they do. */
export class Statements {
  readonly schema: string;
  /** Who this store is, in what it tells the others. */
  readonly origin: string;

  constructor(schema: string, origin: string) {
    this.schema = schema;
    this.origin = origin;
  }

  append(sql: AnySql, { project, hash, key }: LogAddress, input: AppendInput): Promise<AppendOutcome[]> {
    const { batches, bodies, again, known } = input;
    return sql<AppendOutcome[]>`
      SELECT * FROM ${sql(this.schema)}.append(
        ${project}, decode(${hash}, 'hex'), ${key}, ${this.origin}, ${sql.json(batches as never)}, ${bodies}::text::bytea,
        ${again}, ${known?.log ?? null}, ${known?.version ?? null}
      )
    `;
  }

  /** Undefined for a log that never held anything. */
  async head(sql: AnySql, { project, hash }: LogAddress): Promise<LogHead | undefined> {
    const [row] = await sql<LogHead[]>`
      SELECT version, base, epoch FROM ${sql(this.schema)}.head(${project}, decode(${hash}, 'hex'))
    `;
    return row;
  }

  read(
    sql: AnySql,
    { project, hash }: LogAddress,
    { after, limit, bytes }: { after: number; limit: number; bytes: number },
  ): Promise<ReadRow[]> {
    return sql<ReadRow[]>`
      SELECT * FROM ${sql(this.schema)}.read(${project}, decode(${hash}, 'hex'), ${after}, ${limit}, ${bytes})
    `;
  }

  async list(sql: AnySql, project: string, prefix: string): Promise<string[]> {
    const rows = await sql<{ key: string }[]>`
      SELECT key FROM ${sql(this.schema)}.list(${project}, ${prefix}) AS key
    `;
    return rows.map(({ key }) => key);
  }

  heads(sql: AnySql, project: string, logs: readonly LogAddress[]): Promise<({ key_hash: string } & LogHead)[]> {
    const wanted = logs.map((log) => ({ p: log.project, h: log.hash }));
    return sql<({ key_hash: string } & LogHead)[]>`
      SELECT key_hash, version, base, epoch FROM ${sql(this.schema)}.heads(${project}, ${sql.json(wanted)})
    `;
  }

  async truncate(sql: AnySql, { project, hash }: LogAddress, before: number): Promise<number> {
    const [row] = await sql<{ base: number }[]>`
      SELECT base FROM ${sql(this.schema)}.truncate(${project}, decode(${hash}, 'hex'), ${before}, ${this.origin}) AS base
    `;
    return row?.base ?? 0;
  }

  /** Null when the log held something once, and does not now. */
  async delete(sql: AnySql, { project, hash }: LogAddress): Promise<boolean | null> {
    const [row] = await sql<{ existed: boolean | null }[]>`
      SELECT existed FROM ${sql(this.schema)}.delete(${project}, decode(${hash}, 'hex'), ${this.origin}) AS existed
    `;
    return row?.existed ?? null;
  }

  /** Within a transaction, first. */
  async enter(sql: TransactionSql, project: string): Promise<void> {
    await sql`SELECT ${sql(this.schema)}.enter(${project})`;
  }

  /** Within a transaction that has entered: locks the log's row. Undefined when there is none. */
  async lock(sql: TransactionSql, { project, hash }: LogAddress): Promise<({ log: number } & LogHead) | undefined> {
    const [row] = await sql<({ log: number | null } & LogHead)[]>`
      SELECT log, version, base, epoch FROM ${sql(this.schema)}.lock_log(${project}, decode(${hash}, 'hex'), false)
    `;
    return row === undefined || row.log === null ? undefined : { ...row, log: row.log };
  }

  async notify(sql: TransactionSql, { hash }: LogAddress, { version, base, epoch }: LogHead): Promise<void> {
    await sql`
      SELECT ${sql(this.schema)}.notify_change(decode(${hash}, 'hex'), ${version}, ${base}, ${epoch}, ${this.origin})
    `;
  }
}

/** The bytes of all `parts`, one after the other, in PostgreSQL's text form. */
export function hexBytes(parts: readonly Uint8Array[]): string {
  let text = "\\x";
  for (const { buffer, byteOffset, byteLength } of parts) {
    text += Buffer.from(buffer, byteOffset, byteLength).toString("hex");
  }
  return text;
}
