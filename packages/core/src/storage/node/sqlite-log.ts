import { LimitExceededError } from "../../errors/index.ts";
import { checkAppend, checkCount, checkErase, checkRead, checkSnapshot, DEFAULT_READ_LIMIT } from "../arguments.ts";
import type { LogListeners } from "../log-listeners.ts";
import type { QueuedAppends } from "../queued-appends.ts";
import type { AppendOptions, Log, LogRecord } from "../storage.ts";
import { decodeBatch, encodeBatch } from "./batch-codec.ts";
import type { WorkerClient } from "./worker-client.ts";

/** SQLite's limit on one value. */
const BATCH_BYTES = 1_000_000_000;

/** What the handles of one store share. */
export interface StoreSession {
  client: WorkerClient;
  listeners: LogListeners;
  queued: QueuedAppends;
  now(): number;
  /** Throws when the store is closed. */
  assertOpen(): void;
}

/** A handle of a log in a SQLite store. */
export function sqliteLog(key: string, { client, listeners, queued, now, assertOpen }: StoreSession): Log {
  const holder = {};
  const wakeOthers = () => listeners.wake([key], holder);

  function send(records: readonly LogRecord[], { expectedVersion, epoch, onlyIf, idempotencyKey }: AppendOptions) {
    const body = encodeBatch(records);
    if (body.length > BATCH_BYTES) {
      throw new LimitExceededError("batchBytes", BATCH_BYTES, body.length, `A batch of the log "${key}"`);
    }
    const input = { key, body, expectedVersion, epoch, onlyIf, idempotencyKey };
    return client.request("append", input, [body.buffer]).then((result) => {
      if (!result.duplicate) wakeOthers();
      return result;
    });
  }

  return {
    key,
    async head() {
      assertOpen();
      return client.request("head", { key });
    },
    async append(records, options = {}) {
      assertOpen();
      checkAppend(records, options);
      const appended = send(records, options);
      if (options.durability !== "queued") return appended;
      queued.add(key, appended);
      const committed = appended.then(() => undefined);
      committed.catch(() => {});
      return { version: undefined, duplicate: false, committed };
    },
    async read(options) {
      assertOpen();
      checkRead(options);
      const { after, epoch, limit = DEFAULT_READ_LIMIT } = options;
      const { versions, bodies } = await client.request("read", { key, after, epoch, limit });
      return bodies.map((body, i) => ({ version: versions[i] ?? 0, records: decodeBatch(body) }));
    },
    async writeSnapshot({ version, epoch, data, givenAway }) {
      assertOpen();
      checkSnapshot({ version, epoch, data });
      const own = givenAway && isAllOfItsBuffer(data) ? data : new Uint8Array(data);
      const snapshot = { version, epoch, data: own };
      await client.request("writeSnapshot", { key, snapshot, nowMs: now() }, [own.buffer]);
    },
    async readSnapshot() {
      assertOpen();
      return (await client.request("readSnapshot", { key })) ?? undefined;
    },
    async erase(ids, { epoch, snapshot } = {}) {
      assertOpen();
      checkErase(ids, snapshot);
      const copy = snapshot && { version: snapshot.version, data: new Uint8Array(snapshot.data) };
      const input = { key, ids: [...ids], epoch, snapshot: copy, nowMs: now() };
      const result = await client.request("erase", input, copy === undefined ? [] : [copy.data.buffer]);
      wakeOthers();
      return result;
    },
    async truncate({ before }) {
      assertOpen();
      checkCount("before", before, 0);
      const base = await client.request("truncate", { key, before });
      wakeOthers();
      return base;
    },
    async flush() {
      assertOpen();
      await client.request("flush", null);
      await queued.settled(key);
    },
    watch(listener) {
      assertOpen();
      const { first, remove } = listeners.add(key, holder, listener);
      // A store that fails says so to the calls that wait for an answer.
      if (first) client.request("watch", { key }).catch(() => {});
      return () => {
        if (remove()) client.request("unwatch", { key }).catch(() => {});
      };
    },
  };
}

/** Then its buffer can go to the worker without taking anything else along. */
function isAllOfItsBuffer(data: Uint8Array): data is Uint8Array<ArrayBuffer> {
  return data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength;
}
