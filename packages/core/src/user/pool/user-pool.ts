import type { MemoryContext } from "../memory-context.ts";
import { UserMemory } from "../permanent/user-memory.ts";
import type { UserRef } from "../scope.ts";
import { userIdOf } from "../user-id.ts";
import { type Lease, LeasePool } from "./lease-pool.ts";

const DEFAULT_MAX_CONCURRENT_USERS = 20;
const DEFAULT_IDLE_TTL_MS = 300_000;
/** Users whose memory is in use right now are so only for milliseconds: a full pool is waited for before it is an error. */
const WAIT_MS = 1_000;

export interface AcquiredUser {
  memory: UserMemory;
  release(): void;
}

/**
 * The memories of users that are held open in this process: at most `maxConcurrentUsers`, each let go after `idleTtlMs`
 * without use or, least recently used first, when another user needs the place. What is let go is on disk before.
 */
export class UserPool {
  readonly #limits: MemoryContext["limits"];
  readonly #leases: LeasePool<undefined, UserMemory>;

  constructor(context: MemoryContext) {
    const { pool, clock, logger, limits } = context;
    this.#limits = limits;
    this.#leases = new LeasePool({
      open: (id) => UserMemory.open(context, id),
      close: (memory) => memory.close(),
      maximum: pool.maxConcurrentUsers ?? DEFAULT_MAX_CONCURRENT_USERS,
      idleTtlMs: pool.idleTtlMs ?? DEFAULT_IDLE_TTL_MS,
      waitMs: WAIT_MS,
      clock,
      onCloseError: (_, error) => logger.error("a user's memory could not be closed", { error: errorCode(error) }),
    });
  }

  /** Users whose memory is open. */
  get size(): number {
    return this.#leases.size;
  }

  /** Throws `pool.exhausted` when every place is taken by a user whose memory is in use, `pool.closed` after `close`. */
  async acquire(user: UserRef): Promise<AcquiredUser> {
    return toAcquired(await this.#leases.acquire(userIdOf(user, this.#limits), undefined));
  }

  /** The same without waiting, when the user's memory is open. */
  tryAcquire(user: UserRef): AcquiredUser | undefined {
    const lease = this.#leases.tryAcquire(userIdOf(user, this.#limits));
    return lease === undefined ? undefined : toAcquired(lease);
  }

  /** Runs `work` with a user's memory. */
  async use<Result>(user: UserRef, work: (memory: UserMemory) => Promise<Result> | Result): Promise<Result> {
    const { memory, release } = await this.acquire(user);
    try {
      return await work(memory);
    } finally {
      release();
    }
  }

  /** Closes a user's memory now. */
  evict(userId: string): Promise<boolean> {
    return this.#leases.evict(userId);
  }

  async flush(): Promise<void> {
    await Promise.all(this.#leases.values().map((memory) => memory.flush()));
  }

  close(): Promise<void> {
    return this.#leases.close();
  }
}

function toAcquired({ value, release }: Lease<UserMemory>): AcquiredUser {
  return { memory: value, release };
}

function errorCode(error: unknown): string {
  return error instanceof Error ? ((error as { code?: string }).code ?? error.name) : "unknown";
}
