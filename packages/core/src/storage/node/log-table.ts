import { createHash } from "node:crypto";
import { StorageCompactedError, StorageCorruptError, StorageVersionConflictError } from "../../errors/index.ts";
import { checkConditions } from "../arguments.ts";
import type { LogHead } from "../storage.ts";
import { eraseFromBatch, isIntact, sealBatch } from "./batch-codec.ts";
import type { Database } from "./database.ts";
import type { AppendInput, EncodedBatches } from "./protocol.ts";

export interface LogRow extends LogHead {
  id: number;
}

/** The logs and their batches. Every method runs within a transaction of its caller. */
export class LogTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(prefix: string): string[] {
    const pattern = `${prefix.replace(/[*?[]/g, "[$&]")}*`;
    const rows = this.#database.all<{ key: string }>("SELECT key FROM logs WHERE key GLOB ?", pattern);
    // The database orders by code point.
    return rows.map(({ key }) => key).sort();
  }

  find(key: string): LogRow | undefined {
    return this.#database.get<LogRow>("SELECT id, version, base, epoch FROM logs WHERE key = ?", key);
  }

  head(key: string): LogHead {
    const row = this.find(key);
    if (row === undefined) return { version: 0, base: 0, epoch: this.#firstEpoch(key) };
    return { version: row.version, base: row.base, epoch: row.epoch };
  }

  append({ key, body, expectedVersion, epoch, onlyIf, idempotencyKey }: AppendInput): {
    version: number;
    duplicate: boolean;
  } {
    const found = this.find(key);
    if (epoch !== undefined) {
      const current = found ?? this.head(key);
      if (epoch !== current.epoch) throw new StorageCompactedError(key, current.version, current.base, current.epoch);
    }
    checkConditions(key, onlyIf, (other) => this.head(other));
    const seen = found && idempotencyKey !== undefined ? this.#versionOf(found.id, idempotencyKey) : undefined;
    if (seen !== undefined) return { version: seen, duplicate: true };
    const head = found?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== head) {
      throw new StorageVersionConflictError(key, expectedVersion, head);
    }
    const log = found?.id ?? this.#create(key);
    const version = head + 1;
    sealBatch(body);
    this.#database.run("UPDATE logs SET version = ? WHERE id = ?", version, log);
    this.#database.run("INSERT INTO batches (log, version, dead, body) VALUES (?, ?, 0, ?)", log, version, body);
    if (idempotencyKey !== undefined) {
      this.#database.run("INSERT INTO idempotency_keys VALUES (?, ?, ?)", log, idempotencyKey, version);
    }
    return { version, duplicate: false };
  }

  read(key: string, after: number, epoch: number | undefined, limit: number): EncodedBatches {
    const { id, base, epoch: current } = { id: 0, ...this.head(key), ...this.find(key) };
    if (after < base || (epoch !== undefined && epoch !== current)) {
      throw new StorageCompactedError(key, after, base, current);
    }
    const rows = this.#database.all<{ version: number; body: Uint8Array }>(
      "SELECT version, body FROM batches WHERE log = ? AND version > ? AND dead = 0 ORDER BY version LIMIT ?",
      id,
      after,
      limit,
    );
    for (const [i, { version, body }] of rows.entries()) {
      if (version !== after + 1 + i) throw damaged(key, after + 1 + i, "it is missing");
      if (!isIntact(body)) throw damaged(key, version, "its checksum does not hold");
    }
    return { versions: rows.map(({ version }) => version), bodies: rows.map(({ body }) => body) };
  }

  /** Puts tombstones in the place of records, in batches of the same length. Answers how many. */
  eraseRecords(key: string, log: number, ids: ReadonlySet<string>): number {
    let erased = 0;
    let after = 0;
    for (;;) {
      const rows = this.#database.all<{ seq: number; version: number; body: Uint8Array }>(
        "SELECT seq, version, body FROM batches WHERE log = ? AND version > ? AND dead = 0 ORDER BY version LIMIT 100",
        log,
        after,
      );
      for (const { seq, version, body } of rows) {
        if (!isIntact(body)) throw damaged(key, version, "its checksum does not hold");
        const rewritten = eraseFromBatch(body, ids);
        if (rewritten !== undefined) {
          this.#database.run("UPDATE batches SET body = ? WHERE seq = ?", rewritten.bytes, seq);
          erased += rewritten.erased;
        }
        after = version;
      }
      if (rows.length === 0) return erased;
    }
  }

  /** Drops batches up to and including `version`: see schema.ts for why they are zeroed, not deleted. */
  dropBatches(log: number, version: number): void {
    const dropped = "FROM batches WHERE log = ? AND version <= ? AND dead = 0";
    const sum = this.#database.get<{ bytes: number }>(`SELECT total(length(body)) AS bytes ${dropped}`, log, version);
    this.#database.run(
      "UPDATE batches SET dead = 1, body = zeroblob(length(body)) WHERE log = ? AND version <= ? AND dead = 0",
      log,
      version,
    );
    this.#database.run("UPDATE counters SET value = value + ? WHERE name = 'dead_bytes'", Math.round(sum?.bytes ?? 0));
  }

  /** Removes a log whose snapshots are doomed already; it will begin anew in a later epoch. */
  remove(key: string, { id, version, epoch }: LogRow): void {
    this.dropBatches(id, version);
    this.#database.run("DELETE FROM logs WHERE id = ?", id);
    this.#database.run(
      "INSERT INTO deleted_logs VALUES (?, ?) ON CONFLICT DO UPDATE SET epoch = excluded.epoch",
      hash(key),
      epoch + 1,
    );
  }

  #create(key: string): number {
    const epoch = this.#firstEpoch(key);
    this.#database.run("INSERT INTO logs (key, version, base, epoch) VALUES (?, 0, 0, ?)", key, epoch);
    return this.find(key)?.id ?? 0;
  }

  #firstEpoch(key: string): number {
    return (
      this.#database.get<{ epoch: number }>("SELECT epoch FROM deleted_logs WHERE key_hash = ?", hash(key))?.epoch ?? 1
    );
  }

  #versionOf(log: number, idempotencyKey: string): number | undefined {
    return this.#database.get<{ version: number }>(
      "SELECT version FROM idempotency_keys WHERE log = ? AND key = ?",
      log,
      idempotencyKey,
    )?.version;
  }
}

function damaged(key: string, version: number, reason: string): StorageCorruptError {
  return new StorageCorruptError(`Batch ${version} of the log "${key}"`, reason);
}

function hash(key: string): Uint8Array {
  return createHash("sha256").update(key).digest();
}
