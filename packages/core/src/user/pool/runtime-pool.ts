import { type Clock, systemClock } from "../../clock.ts";
import { InvalidArgumentError, PoolPortExhaustedError } from "../../errors/index.ts";
import { defaultLimits } from "../../limits.ts";
import { consoleLogger, type Logger } from "../../logger.ts";
import type { UserRef } from "../scope.ts";
import { userIdOf } from "../user-id.ts";
import { type Lease, LeasePool } from "./lease-pool.ts";
import type { SpawnedRuntime, SpawnRuntime } from "./spawn-runtime.ts";

export interface RuntimePoolOptions {
  spawnRuntime: SpawnRuntime;
  project: string;
  agent?: string;
  /** Most runtimes at once. Default 20. */
  maxConcurrentUsers?: number;
  /** A runtime that nobody uses is stopped after so many milliseconds. Default 300,000. */
  idleTtlMs?: number;
  /** Ports for runtimes, both ends included. Default [7878, 7977]. */
  runtimePortRange?: readonly [first: number, last: number];
  /** How long `acquire` waits for a place before `pool.exhausted`. Default 1,000. */
  waitMs?: number;
  clock?: Clock;
  logger?: Logger;
}

interface Running {
  port: number;
  runtime: SpawnedRuntime;
}

/**
 * Runtimes in processes of their own, one a user, each on a port of its own. The least recently used is stopped when
 * another user needs its place. Errors: `pool.exhausted`, `pool.port_exhausted`, `pool.closed`.
 */
export class RuntimePool {
  readonly #options: RuntimePoolOptions;
  readonly #range: readonly [number, number];
  readonly #leases: LeasePool<UserRef, Running>;
  /** Ports of runtimes that run, or are being started. */
  #ports = new Set<number>();

  constructor(options: RuntimePoolOptions) {
    const { clock = systemClock, logger = consoleLogger, runtimePortRange = [7878, 7977] } = options;
    const [first, last] = runtimePortRange;
    if (!isPort(first) || !isPort(last) || first > last) {
      throw new InvalidArgumentError(
        "runtimePortRange",
        `[${runtimePortRange.join(", ")}] is not a range of ports from 1 to 65535`,
      );
    }
    this.#options = options;
    this.#range = runtimePortRange;
    this.#leases = new LeasePool({
      open: (_, user) => this.#start(user),
      close: (running) => this.#stop(running),
      maximum: options.maxConcurrentUsers ?? 20,
      idleTtlMs: options.idleTtlMs ?? 300_000,
      waitMs: options.waitMs ?? 1_000,
      clock,
      onCloseError: (_, error) =>
        logger.error("a runtime could not be stopped", { error: error instanceof Error ? error.name : "unknown" }),
    });
  }

  get size(): number {
    return this.#leases.size;
  }

  /** The user's runtime, started when it does not run. Release it when the session is over. */
  async acquire(user: UserRef): Promise<{ runtime: SpawnedRuntime; release(): void }> {
    const userId = userIdOf(user, defaultLimits);
    const { value, release }: Lease<Running> = await this.#leases.acquire(userId, user);
    return { runtime: value.runtime, release };
  }

  /** Stops every runtime. Later calls throw `pool.closed`. */
  close(): Promise<void> {
    return this.#leases.close();
  }

  /** Tries the free ports in order, past those that other programs have. */
  async #start(user: UserRef): Promise<Running> {
    const { spawnRuntime, project, agent } = this.#options;
    const [first, last] = this.#range;
    for (let port = first; port <= last; port++) {
      if (this.#ports.has(port)) continue;
      this.#ports.add(port);
      try {
        const running = { port, runtime: await spawnRuntime({ project, agent, user, port }) };
        this.#forgetWhenExited(userIdOf(user, defaultLimits), running);
        return running;
      } catch (error) {
        this.#ports.delete(port);
        if ((error as { code?: string } | null)?.code !== "EADDRINUSE") throw error;
      }
    }
    throw new PoolPortExhaustedError(this.#range);
  }

  async #stop({ port, runtime }: Running): Promise<void> {
    try {
      await runtime.stop();
    } finally {
      this.#ports.delete(port);
    }
  }

  /** One that ended by itself is started anew for the next caller. */
  #forgetWhenExited(userId: string, running: Running): void {
    const gone = (): void => {
      if (this.#leases.peek(userId) === running) void this.#leases.evict(userId);
    };
    running.runtime.exited.then(gone, gone);
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
