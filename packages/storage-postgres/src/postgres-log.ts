import type { LogBatch, LogHead } from "@sotto/core";
import { type Log, StorageCompactedError, StorageCorruptError } from "@sotto/core";
import { decodeBatch, isIntact } from "@sotto/core/node";
import {
  checkAppend,
  checkCount,
  checkErase,
  checkRead,
  checkSnapshot,
  DEFAULT_READ_LIMIT,
  type LogListeners,
  type QueuedAppends,
} from "@sotto/core/storage";
import type { ChangeFeed } from "./changes/change-feed.ts";
import type { Connections } from "./connection/connections.ts";
import type { AppendQueues } from "./log/append-queues.ts";
import { erase } from "./log/erase.ts";
import type { LogAddress } from "./log/log-address.ts";
import { readSnapshot, writeSnapshot } from "./log/snapshots.ts";
import type { ReadRow, Statements } from "./log/statements.ts";
import type { BackgroundVacuum } from "./vacuum/background-vacuum.ts";

/** Bytes of batches that one statement answers, about. */
const READ_BYTES = 32_000_000;

const EMPTY_HEAD: LogHead = { version: 0, base: 0, epoch: 1 };

/** What the handles of one store share. */
export interface StoreSession {
  connections: Connections;
  statements: Statements;
  appends: AppendQueues;
  listeners: LogListeners;
  queued: QueuedAppends;
  feed: ChangeFeed;
  vacuum: BackgroundVacuum;
  /** Throws for a key that the store may not open. */
  addressOf(key: string): LogAddress;
  /** Throws when the store is closed. */
  assertOpen(): void;
}

/** A handle of a log in PostgreSQL. */
export function postgresLog(address: LogAddress, session: StoreSession): Log {
  const { connections, statements, appends, listeners, queued, feed, vacuum, addressOf, assertOpen } = session;
  const { key } = address;
  const holder = {};
  const wakeOthers = () => listeners.wake([key], holder);

  /** What was appended before in this process is there for what is asked after. */
  async function afterAppends(): Promise<void> {
    assertOpen();
    await appends.settled(address);
  }

  return {
    key,
    async head() {
      await afterAppends();
      const head = await connections.run(({ sql }) => statements.head(sql, address));
      return head === undefined ? { ...EMPTY_HEAD } : { version: head.version, base: head.base, epoch: head.epoch };
    },
    async append(records, options = {}) {
      assertOpen();
      checkAppend(records, options);
      const { onlyIf } = options;
      const conditions = onlyIf?.map((condition) => ({ ...condition, log: addressOf(condition.key) }));
      const appended = appends.append(address, records, { ...options, onlyIf: conditions }).then((result) => {
        if (!result.duplicate) wakeOthers();
        return result;
      });
      if (options.durability !== "queued") return appended;
      queued.add(key, appended);
      const committed = appended.then(() => undefined);
      committed.catch(() => {});
      return { version: undefined, duplicate: false, committed };
    },
    async read(options) {
      assertOpen();
      checkRead(options);
      await afterAppends();
      const { after, epoch, limit = DEFAULT_READ_LIMIT } = options;
      const batches: LogBatch[] = [];
      for (;;) {
        const from = after + batches.length;
        const rows = await connections.run(({ sql }) =>
          statements.read(sql, address, { after: from, limit: limit - batches.length, bytes: READ_BYTES }),
        );
        const head = rows[0] ?? EMPTY_HEAD;
        if (from < head.base || (epoch !== undefined && epoch !== head.epoch)) {
          throw new StorageCompactedError(key, after, head.base, head.epoch);
        }
        for (const row of rows)
          if (row.batch_version !== null) batches.push(batchOf(row, key, after + batches.length + 1));
        if (batches.length === limit || after + batches.length >= head.version) return batches;
      }
    },
    async writeSnapshot({ version, epoch, data, givenAway }) {
      assertOpen();
      checkSnapshot({ version, epoch, data });
      const own = givenAway ? data : new Uint8Array(data);
      await appends.settled(address);
      await writeSnapshot(session, address, { version, epoch, data: own });
    },
    async readSnapshot() {
      await afterAppends();
      return readSnapshot(session, address);
    },
    async erase(ids, options = {}) {
      assertOpen();
      checkErase(ids, options.snapshot);
      const copy = options.snapshot && { ...options.snapshot, data: new Uint8Array(options.snapshot.data) };
      await appends.settled(address);
      const result = await erase(session, address, [...ids], {
        ...options,
        ...(copy === undefined ? {} : { snapshot: copy }),
      });
      wakeOthers();
      await vacuum.request();
      return result;
    },
    async truncate({ before }) {
      assertOpen();
      checkCount("before", before, 0);
      await appends.settled(address);
      const base = await connections.run(({ sql }) => statements.truncate(sql, address, before));
      wakeOthers();
      return base;
    },
    async flush() {
      await afterAppends();
      await queued.settled(key);
    },
    watch(listener) {
      assertOpen();
      const { first, remove } = listeners.add(key, holder, listener);
      if (first) feed.watch(address);
      return () => {
        if (remove()) feed.unwatch(address);
      };
    },
  };
}

function batchOf({ batch_version: version, body }: ReadRow, key: string, expected: number): LogBatch {
  const damaged = (reason: string) => new StorageCorruptError(`Batch ${expected} of the log "${key}"`, reason);
  if (version !== expected || body === null) throw damaged("it is missing");
  // Not a Buffer, whose slice() would be a view.
  const bytes = new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (!isIntact(bytes)) throw damaged("its checksum does not hold");
  return { version: expected, records: decodeBatch(bytes) };
}
