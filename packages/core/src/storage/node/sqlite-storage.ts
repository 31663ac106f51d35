import { randomUUID } from "node:crypto";
import { StorageClosedError } from "../../errors/index.ts";
import { checkKey } from "../arguments.ts";
import { LogListeners } from "../log-listeners.ts";
import { QueuedAppends } from "../queued-appends.ts";
import type { Storage } from "../storage.ts";
import { assertNodeVersion } from "./node-version.ts";
import { sqliteLog } from "./sqlite-log.ts";
import { resolveSqliteOptions, type SqliteStorageOptions } from "./sqlite-options.ts";
import { WorkerClient } from "./worker-client.ts";

/** Tells this process from an earlier one with the same id. */
const processToken = randomUUID();

/**
 * A store in one SQLite file, with snapshots in files beside it. Several processes of one machine can use it at once. All
 * of its work happens in a worker thread, which starts with the first call. A committed append is on disk, synced, when it
 * resolves; appends that wait together share a sync.
 *
 * Errors: `storage.full` (nothing of that write is kept, the store stays usable), `storage.corrupt`,
 * `storage.newer_format`, `storage.unavailable` (cannot be opened, locked for too long, on a network file system).
 *
 * @example
 * import { sqliteStorage } from "@sotto/core/node";
 * const storage = sqliteStorage({ directory: ".sotto" });
 */
export function sqliteStorage(options: SqliteStorageOptions = {}): Storage {
  const { now, ...settings } = resolveSqliteOptions(options);
  assertNodeVersion(settings.name);
  const listeners = new LogListeners();
  const queued = new QueuedAppends();
  let starting: Promise<WorkerClient> | undefined;
  let closing: Promise<void> | undefined;

  function assertOpen(): void {
    if (closing !== undefined) throw new StorageClosedError(settings.name);
  }

  async function started(): Promise<WorkerClient> {
    assertOpen();
    starting ??= start().catch((error) => {
      // What was in the way may be gone the next time.
      starting = undefined;
      throw error;
    });
    return starting;
  }

  async function start(): Promise<WorkerClient> {
    const client = new WorkerClient({ ...settings, processToken, nowMs: now() }, (keys) => listeners.wake(keys));
    try {
      await client.request("open", null);
    } catch (error) {
      await client.terminate();
      throw error;
    }
    return client;
  }

  async function close(): Promise<void> {
    const client = await starting?.catch(() => undefined);
    if (client === undefined) return;
    await client.request("close", null);
    await client.ended();
    await queued.allSettled();
  }

  return {
    name: settings.name,
    async open(key) {
      assertOpen();
      checkKey(key);
      return sqliteLog(key, { client: await started(), listeners, queued, now, assertOpen });
    },
    async list(prefix) {
      return (await started()).request("list", { prefix });
    },
    async delete(key) {
      assertOpen();
      checkKey(key);
      const existed = await (await started()).request("delete", { key, nowMs: now() });
      if (existed) listeners.wake([key]);
      return existed;
    },
    async pendingErasure() {
      return (await (await started()).request("pendingErasure", null)) ?? undefined;
    },
    async close() {
      closing ??= close();
      return closing;
    },
  };
}
