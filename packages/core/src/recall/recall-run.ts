import type { NamedIndex, StoredIndex } from "../engine/index.ts";
import { after, isPromise, type MaybePromise } from "../maybe-promise.ts";
import type { Lane, MemoryContext, Profile } from "../user/index.ts";
import { profileOrNull } from "./composer/profile-text.ts";
import { IndexStamp } from "./index-stamp.ts";
import { LaneRun } from "./lane-run.ts";
import { orgLane } from "./lanes/org-lane.ts";
import { permanentLane } from "./lanes/permanent-lane.ts";
import { workingLane } from "./lanes/working-lane.ts";
import type { RecallGate } from "./recall-gate.ts";
import { RecallQuery } from "./recall-query.ts";
import type { RecallRequest } from "./recall-request.ts";
import type { HeldUser, RecallSession, RecallSources, UnendedSession } from "./recall-sources.ts";
import type { RecallEntry } from "./recall-types.ts";
import { rerankEntries } from "./rerank-entries.ts";

/** Thrown inside a lane that was given up while it waited; nobody sees it. */
class GivenUpError extends Error {}

/**
 * The lanes of one recall, under way. Everything that is open already is searched before the constructor returns; the
 * rest goes on by promise until it is done or `giveUp` is called.
 */
export class RecallRun {
  readonly request: RecallRequest;
  readonly query: RecallQuery;
  readonly profile = new LaneRun<Profile | null>();
  readonly working = new LaneRun<RecallEntry[]>();
  readonly permanent = new LaneRun<RecallEntry[]>();
  readonly org = new LaneRun<RecallEntry[]>();
  readonly #context: MemoryContext;
  readonly #sources: RecallSources;
  readonly #gate: RecallGate | undefined;
  readonly #started: number;
  readonly #controller = new AbortController();
  #pending = 1;
  #givenUp = false;
  #onSettled: (() => void)[] = [];
  #held: MaybePromise<HeldUser> | undefined;
  /** What each lane saw, so that a later call can tell whether it would see the same. */
  #stamps: IndexStamp[] = [];
  #sawSession: RecallSession | undefined;
  #sawUnended: readonly UnendedSession[] = [];
  #sawIndexes: readonly NamedIndex[] = [];

  /** `embedded`: a query that was embedded before and says the same. `gate`: what comes after a wait goes through it. */
  constructor(
    context: MemoryContext,
    sources: RecallSources,
    request: RecallRequest,
    { embedded: query, gate }: { embedded?: RecallQuery | undefined; gate?: RecallGate } = {},
  ) {
    const { clock } = context;
    this.#context = context;
    this.#sources = sources;
    this.#gate = gate;
    this.request = request;
    this.#started = clock.monotonic();
    this.query =
      query ?? new RecallQuery(request.query, request.intent, clock, this.#controller.signal, request.time?.rest);
    if (query !== undefined) query.embedMs = 0;
    const asOf = request.asOf ?? clock.now();
    const stamp =
      (...indexes: StoredIndex[]) =>
      () => {
        if (this.#givenUp) throw new GivenUpError();
        for (const stored of indexes) this.#stamps.push(new IndexStamp(stored));
      };

    this.#start("profile", this.profile, () =>
      this.#inUser(({ memory }) => {
        const profile = profileOrNull(memory.profile.current);
        return { value: profile, found: profile !== null };
      }),
    );
    if (request.session !== undefined) {
      this.#start("working", this.working, () =>
        this.#inSession((session) =>
          this.#reranked(workingLane(request, this.query, session, context.embedder, stamp(session.stored))),
        ),
      );
    }
    this.#start("permanent", this.permanent, () =>
      this.#inUser(({ memory, unended }) => {
        const other = unended(request.session);
        this.#sawUnended = other;
        const { query } = this;
        const onSearch = (stored: StoredIndex) => stamp(stored)();
        const { embedder } = context;
        const lane = { request, query, memory, unended: other, asOf, embedder, agent: context.agent, onSearch };
        return after(this.#reranked(permanentLane(lane)), found);
      }),
    );
    this.#start("org", this.org, () =>
      this.#then(sources.orgIndexes(request.orgIndexes), (indexes) => {
        this.#sawIndexes = indexes;
        const { query } = this;
        const { signal } = this.#controller;
        const onSearch = stamp(...indexes.map(({ stored }) => stored));
        const lane = { request, query, indexes, catalog: context.catalog, signal, onSearch };
        return after(this.#reranked(orgLane(lane)), found);
      }),
    );
    this.#done();
  }

  /** True when no lane is under way. */
  get settled(): boolean {
    return this.#pending === 0;
  }

  /** True when every lane that was asked for has answered. */
  get complete(): boolean {
    return (
      this.settled && [this.profile, this.working, this.permanent, this.org].every(({ status }) => status !== "failed")
    );
  }

  elapsedMs(): number {
    return this.#context.clock.monotonic() - this.#started;
  }

  onSettled(callback: () => void): void {
    if (this.settled) callback();
    else this.#onSettled.push(callback);
  }

  /** Gives up what is under way: tells the embedder, ends a scan, and lets the user's memory go. */
  giveUp(): void {
    if (this.#givenUp || this.settled) return;
    this.#givenUp = true;
    this.#controller.abort();
    this.#release();
  }

  /** True when the same search would see today what this one saw. */
  isCurrent(): boolean {
    if (!this.#stamps.every((stamp) => stamp.holds())) return false;
    if (this.working.status !== "skipped" && !this.#seesSameSession()) return false;
    if ((this.profile.status !== "skipped" || this.permanent.status !== "skipped") && !this.#seesSameUser())
      return false;
    return this.org.status === "skipped" || this.#seesSameIndexes();
  }

  #start<T>(lane: Lane, run: LaneRun<T>, work: () => MaybePromise<{ value: T; found: boolean }>): void {
    if (!this.request.lanes.has(lane)) return;
    this.#pending++;
    run.start(
      work,
      () => this.elapsedMs(),
      () => this.#done(),
    );
  }

  #done(): void {
    if (--this.#pending > 0) return;
    this.#release();
    for (const callback of this.#onSettled.splice(0)) callback();
  }

  #inSession(
    work: (session: RecallSession) => MaybePromise<RecallEntry[]>,
  ): MaybePromise<{ value: RecallEntry[]; found: boolean }> {
    const { user, session } = this.request;
    return this.#then(this.#sources.session({ user, session: session as string }), (open) => {
      this.#sawSession = open;
      return open === undefined ? { value: [], found: false } : after(work(open), found);
    });
  }

  #reranked(lane: MaybePromise<RecallEntry[]>): MaybePromise<RecallEntry[]> {
    const { reranker, clock, logger } = this.#context;
    if (reranker === undefined || !this.request.rerank) return lane;
    return after(lane, (entries) =>
      rerankEntries(entries, this.request, { reranker, clock, logger, elapsedMs: this.elapsedMs() }),
    );
  }

  #inUser<T>(work: (held: HeldUser) => MaybePromise<T>): MaybePromise<T> {
    this.#held ??= this.#sources.user(this.request.user);
    return this.#then(this.#held, work);
  }

  /** As `after`, but a lane that waited and was given up meanwhile does nothing more. */
  #then<T, R>(value: MaybePromise<T>, work: (value: T) => MaybePromise<R>): MaybePromise<R> {
    if (!isPromise(value)) return work(value);
    return value.then((ready) => {
      const go = (): MaybePromise<R> => {
        if (this.#givenUp) throw new GivenUpError();
        return work(ready);
      };
      return this.#gate === undefined ? go() : this.#gate.run(go);
    });
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return;
    if (!isPromise(held)) held.release();
    else held.then((user) => user.release()).catch(() => undefined);
  }

  #seesSameSession(): boolean {
    const { user, session } = this.request;
    const now = this.#sources.session({ user, session: session as string });
    if (!isPromise(now)) return now === this.#sawSession;
    // Not open in this process, as it was when nothing had been written to it yet.
    now.catch(() => undefined);
    return this.#sawSession === undefined;
  }

  #seesSameUser(): boolean {
    const held = this.#sources.user(this.request.user);
    if (isPromise(held)) {
      held.then((user) => user.release()).catch(() => undefined);
      return false;
    }
    const profile = profileOrNull(held.memory.profile.current);
    const other = held.unended(this.request.session);
    held.release();
    if (this.permanent.status !== "skipped" && !sameSessions(other, this.#sawUnended)) return false;
    return this.profile.status === "skipped" || profile?.version === (this.profile.value ?? undefined)?.version;
  }

  #seesSameIndexes(): boolean {
    const now = this.#sources.orgIndexes(this.request.orgIndexes);
    if (isPromise(now)) return false;
    return (
      now.length === this.#sawIndexes.length && now.every(({ stored }, i) => stored === this.#sawIndexes[i]?.stored)
    );
  }
}

function found(entries: RecallEntry[]): { value: RecallEntry[]; found: boolean } {
  return { value: entries, found: entries.length > 0 };
}

function sameSessions(some: readonly UnendedSession[], others: readonly UnendedSession[]): boolean {
  return some.length === others.length && some.every((session, n) => session === others[n]);
}
