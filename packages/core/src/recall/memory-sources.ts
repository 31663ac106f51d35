import type { NamedIndex } from "../engine/index.ts";
import { codeOf, hasCode } from "../errors/index.ts";
import { after, type MaybePromise } from "../maybe-promise.ts";
import type { OpenSession, SessionRegistry } from "../session/index.ts";
import type { AcquiredUser, MemoryContext, Scope, UserMemory, UserPool, UserRef } from "../user/index.ts";
import type { HeldUser, RecallSession, RecallSources, UnendedSession } from "./recall-sources.ts";

/** Indexes that other processes make are seen after so many milliseconds at most. */
const NAMES_TTL_MS = 1_000;

/** So many of a user's sessions that have not ended are kept open to be searched. */
const UNENDED_SESSIONS = 2;

/** So many of those that are open are searched. */
const MOST_UNENDED = 8;

/** What recall searches: at once where it is open. */
export class MemorySources implements RecallSources {
  readonly #context: MemoryContext;
  readonly #sessions: SessionRegistry;
  readonly #users: UserPool;
  readonly #onUser: (memory: UserMemory) => void;
  #names: { list: readonly string[]; readAt: number } | undefined;
  #readingNames: Promise<readonly string[]> | undefined;
  /** What indexes of earlier versions are, by name. */
  readonly #older = new Map<string, "knowledge" | "own">();
  /** Sessions that are being opened in the background. */
  #opening = new Set<string>();

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

  user(user: UserRef): MaybePromise<HeldUser> {
    const open = this.#users.tryAcquire(user);
    if (open === undefined) return this.#users.acquire(user).then((acquired) => this.#handOut(acquired));
    return this.#handOut(open);
  }

  orgIndexes(names?: readonly string[]): MaybePromise<readonly NamedIndex[]> {
    const given = names ?? this.#context.defaults.orgIndexes;
    if (given !== undefined) return this.#load(given, true);
    const all = after(this.#knownNames(), (list) => this.#load(list.filter(isShared), false));
    return after(all, (indexes) => this.#knowledge(indexes));
  }

  /** Those that are everybody's; what a session pushed into an index of its own is not. */
  #knowledge(indexes: readonly NamedIndex[]): MaybePromise<readonly NamedIndex[]> {
    const unknown = indexes.filter(({ name, stored }) => stored.settings?.kind === undefined && !this.#older.has(name));
    const known = (): readonly NamedIndex[] =>
      indexes.filter(({ name, stored }) => (stored.settings?.kind ?? this.#older.get(name)) === "knowledge");
    if (unknown.length === 0) return known();
    // Earlier versions did not note it: then a session's own index has the session's name.
    const looks = unknown.map(async ({ name }) => {
      this.#older.set(name, (await this.#sessions.exists(name)) ? "own" : "knowledge");
    });
    return Promise.all(looks).then(known);
  }

  async #openSession(scope: Scope & { session: string }): Promise<RecallSession | undefined> {
    if (!(await this.#sessions.exists(scope.session))) return undefined;
    return this.#sessions.use(scope.session, (session) => owned(session, scope));
  }

  #handOut({ memory, release }: AcquiredUser): HeldUser {
    this.#onUser(memory);
    for (const sessionId of unendedIds(memory, undefined)) this.#openInBackground(sessionId);
    return { memory, release, unended: (except) => this.#unended(memory, except) };
  }

  /** What this process records to is known at once, what others do once it was opened in the background. */
  #unended(memory: UserMemory, except: string | undefined): UnendedSession[] {
    const open = new Set(this.#sessions.ofUser(memory.userId));
    for (const sessionId of unendedIds(memory, except)) {
      const session = this.#sessions.touch(sessionId);
      if (session !== undefined && session.userId === memory.userId) open.add(session);
    }
    return [...open]
      .filter((session) => session.id !== except && !session.closed && session.hasUnconsolidated)
      .sort((a, b) => (b.turns.at(-1)?.at ?? 0) - (a.turns.at(-1)?.at ?? 0))
      .slice(0, MOST_UNENDED);
  }

  /** So that the next recall has it at once. */
  #openInBackground(sessionId: string): void {
    if (this.#opening.has(sessionId) || this.#sessions.peek(sessionId) !== undefined) return;
    this.#opening.add(sessionId);
    this.#sessions
      .exists(sessionId)
      .then((exists) => (exists ? this.#sessions.use(sessionId, () => undefined) : undefined))
      .catch((error: unknown) =>
        this.#context.logger.warn("a user's other session could not be opened", { error: codeOf(error) }),
      )
      .finally(() => this.#opening.delete(sessionId));
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

/** The user's own sessions that have not ended, newest first. */
function unendedIds({ sessions }: UserMemory, except: string | undefined): string[] {
  const { entries } = sessions;
  const ids: string[] = [];
  for (let i = entries.length - 1; i >= 0 && ids.length < UNENDED_SESSIONS; i--) {
    const { sessionId, role, ended } = entries[i] as (typeof entries)[number];
    if (role === "owner" && !ended && sessionId !== except) ids.push(sessionId);
  }
  return ids;
}

/** An index whose name begins with a dot is a program's own, for example a store with data of each user. */
function isShared(name: string): boolean {
  return !name.startsWith(".");
}

function owned(session: OpenSession, scope: Scope): OpenSession {
  session.assertUser(scope.user);
  return session;
}
