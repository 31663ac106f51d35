import { createHash, randomUUID } from "node:crypto";
import { crc32 } from "node:zlib";
import {
  type AppendResult,
  LimitExceededError,
  type LogRecord,
  StorageCompactedError,
  StorageConditionError,
  StorageVersionConflictError,
} from "@sotto/core";
import { encodeBatch, sealBatch } from "@sotto/core/node";
import type { Connections } from "../connection/connections.ts";
import type { LogAddress } from "./log-address.ts";
import { type AppendOutcome, hexBytes, type Statements } from "./statements.ts";

/** Bytes of one batch: the client sends them as text, and a text of JavaScript ends at twice as many. */
export const BATCH_BYTES = 200_000_000;

/** Appends that share one statement, and so one transaction. */
const GROUP_APPENDS = 500;
const GROUP_BYTES = 8_000_000;

/** What an append depends on. */
export interface GuardedAppend {
  expectedVersion?: number | undefined;
  epoch?: number | undefined;
  onlyIf?: readonly { log: LogAddress; epoch: number; version?: number | undefined }[] | undefined;
  idempotencyKey?: string | undefined;
}

interface Waiting {
  token: string;
  body: Uint8Array;
  ids: number[];
  options: GuardedAppend;
  resolve(result: AppendResult): void;
  reject(error: unknown): void;
}

/**
 * The appends of one log in this store, in the order of their calls. Those that came while one was on its way go together
 * with the next: so many appends share one commit.
 */
export class AppendQueue {
  readonly #address: LogAddress;
  readonly #connections: Connections;
  readonly #statements: Statements;
  #waiting: Waiting[] = [];
  #sending: Promise<void> | undefined;
  /** How far the log was before anything that is on its way now. */
  #known: { log: number; version: number } | undefined;

  constructor(address: LogAddress, { connections, statements }: { connections: Connections; statements: Statements }) {
    this.#address = address;
    this.#connections = connections;
    this.#statements = statements;
  }

  append(records: readonly LogRecord[], options: GuardedAppend): Promise<AppendResult> {
    const body = encodeBatch(records);
    if (body.length > BATCH_BYTES) {
      throw new LimitExceededError("batchBytes", BATCH_BYTES, body.length, `A batch of the log "${this.#address.key}"`);
    }
    sealBatch(body);
    const ids = [...new Set(records.map(({ id }) => idHash(id)))];
    return new Promise((resolve, reject) => {
      this.#waiting.push({ token: randomUUID(), body, ids, options, resolve, reject });
      this.#sending ??= this.#sendAll().finally(() => {
        this.#sending = undefined;
      });
    });
  }

  /** True when nothing waits and nothing is on its way. */
  get isIdle(): boolean {
    return this.#sending === undefined;
  }

  /** Resolves when what was accepted so far has been answered, well or not. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    // All that is appended in one go of the caller shares the first statement too.
    await undefined;
    while (this.#waiting.length > 0) await this.#send(this.#nextGroup());
  }

  #nextGroup(): Waiting[] {
    let [count, bytes] = [0, 0];
    for (const { body } of this.#waiting) {
      bytes += body.length;
      if (count > 0 && (count >= GROUP_APPENDS || bytes > GROUP_BYTES)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #send(group: Waiting[]): Promise<void> {
    let end = 0;
    const batches = group.map(({ token, body, ids, options }) => {
      end += body.length;
      return { t: token, e: end, i: ids, ...conditionsOf(options) };
    });
    const bodies = hexBytes(group.map(({ body }) => body));
    const known = this.#known;
    try {
      const outcomes = await this.#connections.run(({ sql, again }) =>
        this.#statements.append(sql, this.#address, { batches, bodies, again, known }),
      );
      for (const [i, outcome] of outcomes.entries()) {
        const waiting = group[i];
        if (waiting !== undefined) this.#answer(waiting, outcome);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  #answer({ options, resolve, reject }: Waiting, found: AppendOutcome): void {
    const { outcome, batch_version: version, log_number: log, log_base: base, log_epoch: epoch } = found;
    const { key } = this.#address;
    switch (outcome) {
      case "conflict":
        reject(new StorageVersionConflictError(key, options.expectedVersion ?? 0, version));
        break;
      case "stale":
        reject(new StorageCompactedError(key, version, base, epoch));
        break;
      case "condition":
        reject(new StorageConditionError(key, options.onlyIf?.[version]?.log.key ?? ""));
        break;
      default:
        this.#known = { log, version };
        resolve({ version, duplicate: outcome === "duplicate" });
    }
  }
}

/** As S.append takes them. */
function conditionsOf({ expectedVersion, epoch, onlyIf, idempotencyKey }: GuardedAppend) {
  return {
    x: expectedVersion ?? null,
    y: epoch ?? null,
    c:
      onlyIf?.map(({ log, epoch, version }) => ({ p: log.project, h: log.hash, e: epoch, v: version ?? null })) ?? null,
    k: idempotencyKey === undefined ? null : createHash("sha256").update(idempotencyKey).digest("hex"),
  };
}

/** What the database finds the batches of an id by. A signed 32-bit number. */
export function idHash(id: string): number {
  return crc32(id) | 0;
}
