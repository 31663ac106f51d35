import { validateName } from "../engine/validate/index.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { SessionNotFoundError } from "../errors/session-not-found-error.ts";
import { SottoError } from "../errors/sotto-error.ts";
import type { ForgetResult, Sotto } from "../sotto.ts";
import { recallAttributes } from "../telemetry/recall-attributes.ts";
import { inSpan } from "../telemetry/spans.ts";
import { Consolidation } from "./consolidation/consolidation.ts";
import { exportUser } from "./forgetting/export-user.ts";
import { Forgetting } from "./forgetting/forgetting.ts";
import { Retention } from "./forgetting/retention.ts";
import { LoopGuard } from "./loop-guard/loop-guard.ts";
import type { MemoryContext } from "./memory-context.ts";
import { MemorySources } from "./memory-sources.ts";
import type { MemoryInput, MemoryRecord, Profile, ProfilePatch, ProfileVersion } from "./memory-types.ts";
import { newId } from "./new-id.ts";
import type { UserMemory } from "./permanent/user-memory.ts";
import { UserPool } from "./pool/user-pool.ts";
import { Recaller } from "./recall/recaller.ts";
import type { Brief, BriefOptions, Recall, RecallOptions } from "./recall-types.ts";
import type { Scope, UserRef } from "./scope.ts";
import { SessionHandle } from "./session/session-handle.ts";
import { SessionRegistry } from "./session/session-registry.ts";
import { toTurn, toTurns } from "./session/turn-input.ts";
import type { Session, SessionOptions } from "./session-types.ts";
import type { ResponseInput, Turn, TurnInput } from "./turn.ts";
import { userIdOf } from "./user-id.ts";

/** How long opening a session waits for the user's earlier sessions to be consolidated; it goes on in the background. */
const CATCH_UP_WAIT_MS = 2_000;

type MemoryMethods = Pick<
  Sotto,
  | "session"
  | "searchMemory"
  | "prefetch"
  | "recordTurn"
  | "saveResponse"
  | "brief"
  | "endSession"
  | "remember"
  | "supersede"
  | "memories"
  | "profile"
  | "updateProfile"
  | "profileHistory"
  | "forget"
  | "export"
  | "applyRetention"
  | "flush"
  | "close"
>;

/** The memory half of `Sotto`. */
export class Memory implements MemoryMethods {
  readonly #context: MemoryContext;
  readonly #sessions: SessionRegistry;
  readonly #users: UserPool;
  readonly #consolidation: Consolidation;
  readonly #forgetting: Forgetting;
  readonly #retention: Retention;
  readonly #recaller: Recaller;
  /** Memories whose user was caught up since they were opened. */
  #caughtUp = new WeakSet<UserMemory>();
  #catchingUp = new Map<string, Promise<void>>();
  #closed = false;

  constructor(context: MemoryContext) {
    this.#context = context;
    const guard = new LoopGuard();
    const holder = newId();
    const sessions = new SessionRegistry(context, { guard, holder });
    const users = new UserPool(context);
    this.#sessions = sessions;
    this.#users = users;
    this.#consolidation = new Consolidation(context, { sessions, users, guard, holder });
    const sources = new MemorySources(context, { sessions, users, onUser: (memory) => this.#onUser(memory) });
    this.#recaller = new Recaller(context, sources, guard);
    this.#forgetting = new Forgetting(context, {
      sessions,
      users,
      consolidation: this.#consolidation,
      dropRecalled: (of) => this.#recaller.forget(of),
    });
    this.#retention = new Retention(context, {
      sessions,
      users,
      consolidation: this.#consolidation,
      forgetting: this.#forgetting,
    });
  }

  async session(nameOrOptions: string | SessionOptions): Promise<Session> {
    const { id, user } = typeof nameOrOptions === "string" ? { id: nameOrOptions, user: undefined } : nameOrOptions;
    validateName("session id", id, this.#context.limits);
    const lease = await this.#sessions.acquire(id);
    try {
      const session = lease.value;
      await session.refresh();
      if (user !== undefined) await session.claimFor(user);
      const { userId } = session;
      let versions = { profile: 0, permanent: 0 };
      if (userId !== undefined) {
        await this.#waitForCatchUp(userId);
        versions = await this.#users.use(userId, ({ profile, permanent }) => ({
          profile: profile.current.version,
          permanent: permanent.version,
        }));
      }
      return new SessionHandle({
        context: this.#context,
        lease,
        versions,
        end: (ended) => this.#consolidation.end(ended),
      });
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  searchMemory(query: string, options: RecallOptions): Promise<Recall> {
    return inSpan("sotto.recall", {}, () => this.#recaller.searchMemory(query, options), recallAttributes);
  }

  prefetch(partialText: string, options: RecallOptions): void {
    this.#recaller.prefetch(partialText, options);
  }

  brief(options: BriefOptions): Promise<Brief> {
    return this.#recaller.brief(options);
  }

  /** Nothing is written, and null is answered, for a text that is blank: nothing was said. */
  recordTurn(input: TurnInput): Promise<string | null> {
    return this.#write(input, () => {
      const turn = toTurn(input, this.#context.clock.now(), this.#context.limits);
      return turn === undefined ? undefined : { id: turn.id, turns: [turn] };
    });
  }

  saveResponse(input: ResponseInput): Promise<string | null> {
    return this.#write(input, () => {
      const { turnId, turns } = toTurns(input, this.#context.clock.now(), this.#context.limits);
      return turns.length === 0 ? undefined : { id: turnId, turns };
    });
  }

  async endSession(scope: Scope & { session: string }): Promise<{ memories: number }> {
    validateName("session id", scope.session, this.#context.limits);
    if (!(await this.#sessions.exists(scope.session))) throw new SessionNotFoundError(scope.session);
    return this.#sessions.use(scope.session, async (session) => {
      await session.refresh();
      await session.claimFor(scope.user);
      return this.#consolidation.end(session);
    });
  }

  remember(user: UserRef, memory: MemoryInput | string): Promise<MemoryRecord> {
    return this.#users.use(user, async (open) => {
      const [record] = await open.add([{ memory }]);
      return record as MemoryRecord;
    });
  }

  supersede(user: UserRef, oldId: string, newFact: MemoryInput | string): Promise<MemoryRecord> {
    return this.#users.use(user, (memory) => memory.supersede(oldId, newFact));
  }

  memories(
    user: UserRef,
    options?: { asOf?: number; includeSuperseded?: boolean; limit?: number },
  ): Promise<MemoryRecord[]> {
    return this.#users.use(user, async (memory) => {
      await memory.permanent.refresh();
      return memory.list(options);
    });
  }

  profile(user: UserRef): Promise<Profile> {
    return this.#users.use(user, async ({ profile }) => {
      await profile.refresh();
      return profile.current;
    });
  }

  updateProfile(user: UserRef, patch: ProfilePatch): Promise<Profile> {
    return this.#users.use(user, ({ profile }) => profile.update(patch));
  }

  profileHistory(user: UserRef): Promise<ProfileVersion[]> {
    return this.#users.use(user, async ({ profile }) => {
      await profile.refresh();
      return [...profile.history];
    });
  }

  async forget(what: Parameters<Sotto["forget"]>[0]): Promise<ForgetResult> {
    const { limits } = this.#context;
    if ("user" in what) {
      const userId = userIdOf(what.user, limits);
      return what.memoryId === undefined
        ? this.#forgetting.user(userId)
        : this.#forgetting.memory(userId, what.memoryId);
    }
    if ("session" in what) {
      validateName("session id", what.session, limits);
      return this.#forgetting.session(what.session);
    }
    if ("index" in what && Array.isArray(what.documentIds))
      return this.#forgetting.documents(what.index, what.documentIds);
    throw new InvalidArgumentError("what", "it must be { user, memoryId? }, { session } or { index, documentIds }");
  }

  export(what: { user: UserRef }): AsyncIterable<string> {
    return exportUser(userIdOf(what.user, this.#context.limits), { users: this.#users, sessions: this.#sessions });
  }

  applyRetention(): Promise<ForgetResult> {
    return this.#retention.apply();
  }

  async flush(): Promise<void> {
    await Promise.all([this.#sessions.flush(), this.#users.flush()]);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#recaller.close();
    await Promise.all(this.#catchingUp.values());
    await this.#sessions.close();
    await this.#users.close();
  }

  /** Writes turns; a failure is counted and logged, never thrown: a call goes on. */
  #write(
    scope: Scope & { session: string; durability?: "commit" | "queued" },
    make: () => { id: string; turns: Turn[] } | undefined,
  ): Promise<string | null> {
    return inSpan(
      "sotto.save",
      { "sotto.durability": scope?.durability ?? "commit" },
      () => this.#writeTurns(scope, make),
      (id) => ({ "sotto.saved": id !== null }),
    );
  }

  async #writeTurns(
    scope: Scope & { session: string; durability?: "commit" | "queued" },
    make: () => { id: string; turns: Turn[] } | undefined,
  ): Promise<string | null> {
    try {
      const made = make();
      if (made === undefined) return null;
      const { value: session, release } = await this.#sessions.acquire(scope.session);
      try {
        await session.claimFor(scope.user);
        const { durability } = scope;
        const { committed } = await session.record(made.turns, durability === undefined ? {} : { durability });
        committed?.catch((error: unknown) => this.#countFailedWrite(scope, error));
      } finally {
        release();
      }
      return made.id;
    } catch (error) {
      this.#countFailedWrite(scope, error);
      return null;
    }
  }

  #countFailedWrite(scope: { session?: unknown }, error: unknown): void {
    this.#context.stats.failedWrites++;
    this.#context.logger.error("a turn could not be stored", { session: sessionOf(scope), error: describe(error) });
  }

  #onUser(memory: UserMemory): void {
    if (!this.#caughtUp.has(memory) && !this.#closed) void this.#catchUp(memory.userId);
  }

  /** What a user's coming back sets off: retention, and the consolidation of sessions that were never ended. */
  #catchUp(userId: string): Promise<void> {
    const running = this.#catchingUp.get(userId);
    if (running !== undefined) return running;
    const run = this.#users
      .use(userId, async (memory) => {
        this.#caughtUp.add(memory);
        await memory.sessions.refresh();
        await this.#consolidation.recover(memory);
        await this.#retention.applyTo(memory);
      })
      .catch((error: unknown) =>
        this.#context.logger.error("a user's earlier sessions could not be looked after", { error: describe(error) }),
      )
      .finally(() => this.#catchingUp.delete(userId));
    this.#catchingUp.set(userId, run);
    return run;
  }

  async #waitForCatchUp(userId: string): Promise<void> {
    let cancel = (): void => undefined;
    const waited = new Promise<void>((resolve) => {
      cancel = this.#context.clock.after(CATCH_UP_WAIT_MS, resolve);
    });
    await Promise.race([this.#catchUp(userId), waited]);
    cancel();
  }
}

function sessionOf(scope: { session?: unknown } | undefined): string {
  return typeof scope?.session === "string" ? scope.session.slice(0, 200) : "unknown";
}

/** For logs: no text of a user. */
function describe(error: unknown): string {
  if (SottoError.isInstance(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.name : "unknown";
}
