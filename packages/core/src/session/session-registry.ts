import { sessionKey } from "../storage/index.ts";
import type { MemoryContext } from "../user/index.ts";
import { type Lease, LeasePool } from "../user/index.ts";
import { OpenSession } from "./open-session.ts";
import type { ShownTexts } from "./shown-texts.ts";

/** A session that nobody holds or writes to is closed after so many milliseconds. */
const IDLE_TTL_MS = 300_000;

/** The sessions that are open in this process; all holders of one share it. */
export class SessionRegistry {
  readonly #context: MemoryContext;
  readonly #leases: LeasePool<undefined, OpenSession>;
  /** Open sessions by the user who owns them or spoke in them. */
  #byUser = new Map<string, Set<OpenSession>>();

  /** `holder` names this process in leases. */
  constructor(context: MemoryContext, options: { guard: ShownTexts; holder: string }) {
    this.#context = context;
    this.#leases = new LeasePool({
      open: (id) =>
        OpenSession.open(context, { id, ...options, onUser: (userId, session) => this.#enter(userId, session) }),
      close: (session) => {
        this.#leave(session);
        return session.close();
      },
      maximum: Number.POSITIVE_INFINITY,
      idleTtlMs: IDLE_TTL_MS,
      waitMs: 0,
      clock: context.clock,
      onCloseError: (_, error) =>
        context.logger.error("a session could not be closed", {
          error: error instanceof Error ? error.name : "unknown",
        }),
    });
  }

  /** Opens a session, and makes it when it does not exist. */
  acquire(id: string): Promise<Lease<OpenSession>> {
    return this.#leases.acquire(id, undefined);
  }

  /** The open sessions that a user owns or spoke in. */
  ofUser(userId: string): Iterable<OpenSession> {
    return this.#byUser.get(userId) ?? [];
  }

  #enter(userId: string, session: OpenSession): void {
    const theirs = this.#byUser.get(userId) ?? new Set();
    this.#byUser.set(userId, theirs.add(session));
  }

  #leave(session: OpenSession): void {
    const { participants } = session.state;
    for (const userId of session.userId === undefined ? participants : [session.userId, ...participants]) {
      const theirs = this.#byUser.get(userId);
      theirs?.delete(session);
      if (theirs?.size === 0) this.#byUser.delete(userId);
    }
  }

  /** The open session, without waiting. */
  peek(id: string): OpenSession | undefined {
    const session = this.#leases.peek(id);
    return session === undefined || session.closed ? undefined : session;
  }

  /** The same, and counts as a use: it stays open for its idle time from now. */
  touch(id: string): OpenSession | undefined {
    const lease = this.#leases.tryAcquire(id);
    lease?.release();
    return lease === undefined || lease.value.closed ? undefined : lease.value;
  }

  /** Whether something was ever written to the session. */
  async exists(id: string): Promise<boolean> {
    if (this.peek(id) !== undefined) return true;
    const log = await this.#context.storage.open(sessionKey(this.#context.project, id));
    return (await log.head()).version > 0;
  }

  /** Opens a session for the time of `work`. */
  async use<Result>(id: string, work: (session: OpenSession) => Promise<Result> | Result): Promise<Result> {
    const { value, release } = await this.acquire(id);
    try {
      return await work(value);
    } finally {
      release();
    }
  }

  /** Whether someone in this process holds the session. */
  isHeld(id: string): boolean {
    return this.#leases.isUsed(id);
  }

  /** Closes a session now, held or not. */
  evict(id: string): Promise<boolean> {
    return this.#leases.evict(id);
  }

  async flush(): Promise<void> {
    await Promise.all(this.#leases.values().map((session) => session.flush()));
  }

  close(): Promise<void> {
    return this.#leases.close();
  }
}
