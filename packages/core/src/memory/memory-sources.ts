import type { NamedIndex } from "../engine/catalog/query-indexes.ts";
import { hasCode } from "../errors/sotto-error.ts";
import type { MemoryContext } from "./memory-context.ts";
import type { UserMemory } from "./permanent/user-memory.ts";
import type { AcquiredUser, UserPool } from "./pool/user-pool.ts";
import type { MaybePromise } from "./recall/maybe-promise.ts";
import type { RecallSession, RecallSources } from "./recall/recall-sources.ts";
import type { Scope, UserRef } from "./scope.ts";
import type { OpenSession } from "./session/open-session.ts";
import type { SessionRegistry } from "./session/session-registry.ts";

/** Indexes that other processes make are seen after so many milliseconds at most. */
const NAMES_TTL_MS = 1_000;

/** What recall searches: at once where it is open. */
export class MemorySources implements RecallSources {
  readonly #context: MemoryContext;
  readonly #sessions: SessionRegistry;
  readonly #users: UserPool;
  readonly #onUser: (memory: UserMemory) => void;
  #names: { list: readonly string[]; readAt: number } | undefined;
  #readingNames: Promise<readonly string[]> | undefined;

  /** `onUser` is called whenever a user's memory is handed out. */
  constructor(
    context: MemoryContext,
    parts: { sessions: SessionRegistry; users: UserPool; onUser(memory: UserMemory): void },
  ) {
    this.#context = context;
    this.#sessions = parts.sessions;
    this.#users = parts.users;
    this.#onUser = parts.onUser;
  }

  session(scope: Scope & { session: string }): MaybePromise<RecallSession | undefined> {
    const open = this.#sessions.touch(scope.session);
    return open === undefined ? this.#openSession(scope) : owned(open, scope);
  }

  user(user: UserRef): MaybePromise<AcquiredUser> {
    const open = this.#users.tryAcquire(user);
    if (open === undefined) return this.#users.acquire(user).then((acquired) => this.#handOut(acquired));
    return this.#handOut(open);
  }

  orgIndexes(names?: readonly string[]): MaybePromise<readonly NamedIndex[]> {
    const given = names ?? this.#context.defaults.orgIndexes;
    if (given !== undefined) return this.#load(given, true);
    const known = this.#knownNames();
    return Array.isArray(known)
      ? this.#load(known.filter(isShared), false)
      : (known as Promise<readonly string[]>).then((list) => this.#load(list.filter(isShared), false));
  }

  async #openSession(scope: Scope & { session: string }): Promise<RecallSession | undefined> {
    if (!(await this.#sessions.exists(scope.session))) return undefined;
    return this.#sessions.use(scope.session, (session) => owned(session, scope));
  }

  #handOut(acquired: AcquiredUser): AcquiredUser {
    this.#onUser(acquired.memory);
    return acquired;
  }

  #load(names: readonly string[], strict: boolean): MaybePromise<readonly NamedIndex[]> {
    const { catalog } = this.#context;
    const open = names.flatMap((name): NamedIndex[] => {
      const stored = catalog.loaded(name);
      return stored === undefined || stored.closed ? [] : [{ name, stored }];
    });
    return open.length === names.length ? open : this.#loadAll(names, strict);
  }

  async #loadAll(names: readonly string[], strict: boolean): Promise<readonly NamedIndex[]> {
    const loaded = await Promise.all(
      names.map(async (name): Promise<NamedIndex[]> => {
        try {
          return [{ name, stored: await this.#context.catalog.load(name) }];
        } catch (error) {
          if (strict || !hasCode(error, "index.not_found")) throw error;
          return [];
        }
      }),
    );
    return loaded.flat();
  }

  /** All indexes of the project. The list is read in the background once it is known; what this process loaded is in it at once. */
  #knownNames(): MaybePromise<readonly string[]> {
    const { catalog, clock, logger } = this.#context;
    const names = this.#names;
    if (names === undefined) return this.#readNames();
    if (clock.monotonic() - names.readAt > NAMES_TTL_MS) {
      this.#readNames().catch((error: unknown) =>
        logger.warn("the list of indexes could not be read", {
          error: error instanceof Error ? error.name : "unknown",
        }),
      );
    }
    return [...new Set([...names.list, ...catalog.loadedNames()])];
  }

  #readNames(): Promise<readonly string[]> {
    const { catalog, clock } = this.#context;
    this.#readingNames ??= catalog
      .names()
      .then((list) => {
        this.#names = { list, readAt: clock.monotonic() };
        return list;
      })
      .finally(() => {
        this.#readingNames = undefined;
      });
    return this.#readingNames;
  }
}

/** An index whose name begins with a dot is a program's own, for example a store with data of each user. */
function isShared(name: string): boolean {
  return !name.startsWith(".");
}

function owned(session: OpenSession, scope: Scope): OpenSession {
  session.assertUser(scope.user);
  return session;
}
