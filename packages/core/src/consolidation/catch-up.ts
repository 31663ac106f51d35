import { codeOf } from "../errors/index.ts";
import type { MemoryContext, UserMemory, UserPool } from "../user/index.ts";

/** How long opening a session waits for the user's earlier sessions to be consolidated; it goes on in the background. */
const WAIT_MS = 2_000;

/** What a user's coming back sets off: once for each time that their memory is opened, one run a user at a time. */
export class CatchUp {
  readonly #context: MemoryContext;
  readonly #users: UserPool;
  readonly #lookAfter: (memory: UserMemory) => Promise<void>;
  /** Memories whose user was caught up since they were opened. */
  #caughtUp = new WeakSet<UserMemory>();
  #running = new Map<string, Promise<void>>();
  #closed = false;

  /** `lookAfter` consolidates what was left behind, and forgets what is too old. */
  constructor(context: MemoryContext, users: UserPool, lookAfter: (memory: UserMemory) => Promise<void>) {
    this.#context = context;
    this.#users = users;
    this.#lookAfter = lookAfter;
  }

  /** Called whenever a user's memory is handed out. */
  onUser(memory: UserMemory): void {
    if (!this.#caughtUp.has(memory) && !this.#closed) void this.#run(memory.userId);
  }

  /** Waits for the user's catching up, but no longer than two seconds: it goes on in the background. */
  async waitFor(userId: string): Promise<void> {
    let cancel = (): void => undefined;
    const waited = new Promise<void>((resolve) => {
      cancel = this.#context.clock.after(WAIT_MS, resolve);
    });
    await Promise.race([this.#run(userId), waited]);
    cancel();
  }

  /** Begins nothing more, and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#running.values());
  }

  #run(userId: string): Promise<void> {
    const running = this.#running.get(userId);
    if (running !== undefined) return running;
    const run = this.#users
      .use(userId, async (memory) => {
        this.#caughtUp.add(memory);
        await memory.sessions.refresh();
        await this.#lookAfter(memory);
      })
      .catch((error: unknown) =>
        this.#context.logger.error("a user's earlier sessions could not be looked after", { error: codeOf(error) }),
      )
      .finally(() => this.#running.delete(userId));
    this.#running.set(userId, run);
    return run;
  }
}
