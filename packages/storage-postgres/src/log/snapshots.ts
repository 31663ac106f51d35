import { crc32 } from "node:zlib";
import { type LogHead, type Snapshot, StorageCompactedError, StorageCorruptError } from "@sotto/core";
import { checkSnapshotNotAhead } from "@sotto/core/storage";
import type { TransactionSql } from "postgres";
import type { Connections } from "../connection/connections.ts";
import type { LogAddress } from "./log-address.ts";
import { type AnySql, hexBytes, type Statements } from "./statements.ts";

/** Bytes of one row, small enough for the event loop to take one in between. */
const CHUNK_BYTES = 256 * 1024;

/** Rows on their way to the server at once. */
const PIPELINE = 8;

interface SnapshotRow {
  snapshot: number;
  version: number;
  epoch: number;
  bytes: number;
  crc32: number;
}

interface Access {
  connections: Connections;
  statements: Statements;
}

/** Stores a snapshot, in chunks, in one transaction: half of one is never seen. Keeps the two newest. */
export async function writeSnapshot(
  { connections, statements }: Access,
  address: LogAddress,
  { version, epoch, data }: Snapshot,
): Promise<void> {
  await connections.run(
    ({ sql }) =>
      sql.begin(async (transaction) => {
        await statements.enter(transaction, address.project);
        const before = await statements.head(transaction, address);
        checkFits(address, before, version, epoch);
        const written = await writeChunks(transaction, statements.schema, address.project, data);
        const log = await statements.lock(transaction, address);
        checkFits(address, log, version, epoch);
        await keepSnapshot(transaction, statements.schema, address.project, log?.log ?? 0, {
          ...written,
          version,
          epoch,
        });
        await dropOlder(transaction, statements.schema, address.project, log?.log ?? 0, written.snapshot);
      }),
    { long: true },
  );
}

/** The newest snapshot that is whole: see `Log.readSnapshot`. */
export async function readSnapshot(
  { connections, statements }: Access,
  address: LogAddress,
): Promise<Snapshot | undefined> {
  return connections.run(
    ({ sql }) =>
      sql.begin("isolation level repeatable read", (transaction) => newestWhole(transaction, statements, address)),
    {
      long: true,
    },
  );
}

/** Within a transaction that has entered. */
export async function writeChunks(
  sql: TransactionSql,
  schema: string,
  project: string,
  data: Uint8Array,
): Promise<{ snapshot: number; bytes: number; crc32: number }> {
  const [row] = await sql<{ snapshot: number }[]>`
    SELECT nextval(format('%I.numbers', ${schema}::text)::regclass) AS snapshot
  `;
  const snapshot = row?.snapshot ?? 0;
  let checksum = 0;
  let pipeline: Promise<unknown>[] = [];
  for (let position = 0; position * CHUNK_BYTES < data.length; position++) {
    const chunk = data.subarray(position * CHUNK_BYTES, (position + 1) * CHUNK_BYTES);
    checksum = crc32(chunk, checksum);
    pipeline.push(
      sql`INSERT INTO ${sql(schema)}.snapshot_chunks VALUES (${project}, ${snapshot}, ${position}, ${hexBytes([chunk])}::text::bytea)`.execute(),
    );
    if (pipeline.length < PIPELINE) continue;
    await Promise.all(pipeline);
    pipeline = [];
  }
  await Promise.all(pipeline);
  return { snapshot, bytes: data.length, crc32: checksum };
}

/** Within a transaction that holds the log's row. */
export async function keepSnapshot(
  sql: TransactionSql,
  schema: string,
  project: string,
  log: number,
  { snapshot, version, epoch, bytes, crc32: checksum }: SnapshotRow,
): Promise<void> {
  await sql`
    INSERT INTO ${sql(schema)}.snapshots (project, log, snapshot, version, epoch, bytes, crc32)
    VALUES (${project}, ${log}, ${snapshot}, ${version}, ${epoch}, ${bytes}, ${checksum})
  `;
}

async function dropOlder(
  sql: TransactionSql,
  schema: string,
  project: string,
  log: number,
  justKept: number,
): Promise<void> {
  const kept = await snapshotsOf(sql, schema, project, log);
  const version = kept.find(({ snapshot }) => snapshot === justKept)?.version;
  const replaced = kept.filter((row) => row.version === version && row.snapshot !== justKept);
  const others = kept.filter((row) => !replaced.includes(row));
  for (const { snapshot } of [...replaced, ...others.slice(2)]) {
    await dropSnapshot(sql, schema, project, log, snapshot);
  }
}

async function dropSnapshot(
  sql: TransactionSql,
  schema: string,
  project: string,
  log: number,
  snapshot: number,
): Promise<void> {
  await sql`SELECT ${sql(schema)}.drop_snapshots(${project}, ${log}, ARRAY[${snapshot}::bigint])`;
}

/** Newest first. */
export function snapshotsOf(sql: AnySql, schema: string, project: string, log: number): Promise<SnapshotRow[]> {
  return sql<SnapshotRow[]>`
    SELECT snapshot, version, epoch, bytes, crc32 FROM ${sql(schema)}.snapshots
    WHERE project = ${project} AND log = ${log} ORDER BY version DESC
  `;
}

async function newestWhole(
  sql: TransactionSql,
  statements: Statements,
  address: LogAddress,
): Promise<Snapshot | undefined> {
  await statements.enter(sql, address.project);
  const [log] = await sql<({ log: number } & LogHead)[]>`
    SELECT * FROM ${sql(statements.schema)}.head(${address.project}, decode(${address.hash}, 'hex'))
  `;
  if (log === undefined) return undefined;
  const damage: string[] = [];
  for (const row of await snapshotsOf(sql, statements.schema, address.project, log.log)) {
    const data = await readChunks(sql, { schema: statements.schema, project: address.project }, row);
    if (typeof data !== "string") return { version: row.version, epoch: row.epoch, data };
    damage.push(`${data} (version ${row.version})`);
  }
  if (log.base === 0) return undefined;
  throw new StorageCorruptError(`Every snapshot of the log "${address.key}"`, damage.join("; ") || "there is none");
}

/** The bytes of a snapshot, or what is wrong with them. */
async function readChunks(
  sql: TransactionSql,
  { schema, project }: { schema: string; project: string },
  { snapshot, bytes, crc32: expected }: SnapshotRow,
): Promise<Uint8Array | string> {
  const data = Buffer.from(new ArrayBuffer(bytes));
  const chunks = Math.ceil(bytes / CHUNK_BYTES);
  // As they come, not as objects. COPY would send binary, but its stream in the client can stop for good.
  const page = (from: number) =>
    sql`
      SELECT data FROM ${sql(schema)}.snapshot_chunks
      WHERE project = ${project} AND snapshot = ${snapshot} AND position >= ${from} AND position < ${from + PIPELINE}
      ORDER BY position
    `
      .raw()
      .execute();
  let [end, checksum] = [0, 0];
  let next = page(0);
  for (let from = 0; from < chunks; from += PIPELINE) {
    const rows = await next;
    next = page(from + PIPELINE);
    for (const row of rows) {
      const hex = row[0] as unknown as Buffer;
      const length = (hex.length - 2) / 2;
      if (end + length > bytes) return "it is longer than it should be";
      data.write(hex.toString("latin1", 2), end, "hex");
      checksum = crc32(data.subarray(end, end + length), checksum);
      end += length;
    }
  }
  await next;
  if (end < bytes) return `${bytes - end} of its ${bytes} bytes are missing`;
  return checksum === expected ? new Uint8Array(data.buffer) : "its checksum does not hold";
}

/** Throws when a snapshot of `version` in `epoch` cannot be one of this log. */
function checkFits(address: LogAddress, head: LogHead | undefined, version: number, epoch: number): void {
  const { version: newest, base, epoch: current } = head ?? { version: 0, base: 0, epoch: 1 };
  if (epoch !== current || version < base) throw new StorageCompactedError(address.key, version, base, current);
  checkSnapshotNotAhead(address.key, version, newest);
}
