import {
  type EraseOptions,
  StorageCompactedError,
  StorageCorruptError,
  StorageSnapshotRequiredError,
} from "@sotto/core";
import { eraseFromBatch, isIntact } from "@sotto/core/node";
import { checkSnapshotNotAhead } from "@sotto/core/storage";
import type { TransactionSql } from "postgres";
import type { Connections } from "../connection/connections.ts";
import { idHash } from "./append-queue.ts";
import type { LogAddress } from "./log-address.ts";
import { keepSnapshot, snapshotsOf, writeChunks } from "./snapshots.ts";
import { hexBytes, type Statements } from "./statements.ts";

/** Batches that are rewritten at once. */
const PAGE = 50;

interface Head {
  log: number;
  version: number;
  base: number;
  epoch: number;
}

/** `Log.erase`, in one transaction; the row versions that it leaves are for VACUUM to remove. */
export function erase(
  { connections, statements }: { connections: Connections; statements: Statements },
  address: LogAddress,
  ids: readonly string[],
  { epoch, snapshot }: EraseOptions,
): Promise<{ epoch: number; erased: number }> {
  const { schema } = statements;
  const { project, key } = address;

  function check(head: Head): void {
    if (epoch !== undefined && epoch !== head.epoch) {
      throw new StorageCompactedError(key, head.base, head.base, head.epoch);
    }
    if (head.base > 0 && snapshot === undefined) throw new StorageSnapshotRequiredError(key, head.base);
    if (snapshot === undefined) return;
    if (snapshot.version < head.base) throw new StorageCompactedError(key, snapshot.version, head.base, head.epoch);
    checkSnapshotNotAhead(key, snapshot.version, head.version);
  }

  return connections.run(
    ({ sql }) =>
      sql.begin(async (transaction) => {
        await statements.enter(transaction, project);
        // Its bytes travel before the log is locked: appends wait for the lock.
        const written = snapshot && (await writeChunks(transaction, schema, project, snapshot.data));
        const head = await statements.lock(transaction, address);
        if (head === undefined || head.version === 0) {
          if (written !== undefined) await dropChunks(transaction, schema, project, written.snapshot);
          return { epoch: head?.epoch ?? 1, erased: 0 };
        }
        check(head);
        const erased = await eraseRecords(transaction, schema, address, head.log, ids);
        const old = (await snapshotsOf(transaction, schema, project, head.log)).map((row) => row.snapshot);
        for (const each of old) {
          await transaction`SELECT ${transaction(schema)}.drop_snapshots(${project}, ${head.log}, ARRAY[${each}::bigint])`;
        }
        const next = { ...head, epoch: head.epoch + 1 };
        if (snapshot !== undefined && written !== undefined) {
          await keepSnapshot(transaction, schema, project, head.log, {
            ...written,
            version: snapshot.version,
            epoch: next.epoch,
          });
        }
        await transaction`
          UPDATE ${transaction(schema)}.logs SET epoch = ${next.epoch}
          WHERE project = ${project} AND key_hash = decode(${address.hash}, 'hex')
        `;
        await statements.notify(transaction, address, next);
        return { epoch: next.epoch, erased };
      }),
    { long: true },
  );
}

/** Puts tombstones in the place of records. Answers how many. */
async function eraseRecords(
  sql: TransactionSql,
  schema: string,
  { key, project }: LogAddress,
  log: number,
  ids: readonly string[],
): Promise<number> {
  const wanted = new Set(ids);
  const hashes = `{${[...new Set(ids.map(idHash))].join(",")}}`;
  let [after, erased] = [0, 0];
  for (;;) {
    const rows = await sql<{ version: number; body: Buffer }[]>`
      SELECT version, body FROM ${sql(schema)}.batches
      WHERE project = ${project} AND log = ${log} AND version > ${after} AND id_hashes && ${hashes}::text::integer[]
      ORDER BY version LIMIT ${PAGE}
    `;
    for (const { version, body } of rows) {
      if (!isIntact(body))
        throw new StorageCorruptError(`Batch ${version} of the log "${key}"`, "its checksum does not hold");
      const rewritten = eraseFromBatch(body, wanted);
      after = version;
      if (rewritten === undefined) continue;
      erased += rewritten.erased;
      await sql`
        UPDATE ${sql(schema)}.batches SET body = ${hexBytes([rewritten.bytes])}::text::bytea
        WHERE project = ${project} AND log = ${log} AND version = ${version}
      `;
    }
    if (rows.length < PAGE) return erased;
  }
}

async function dropChunks(sql: TransactionSql, schema: string, project: string, snapshot: number): Promise<void> {
  await sql`DELETE FROM ${sql(schema)}.snapshot_chunks WHERE project = ${project} AND snapshot = ${snapshot}`;
}
