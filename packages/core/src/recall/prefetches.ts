import type { Clock } from "../clock.ts";
import type { RecallQuery } from "./recall-query.ts";
import type { RecallRequest } from "./recall-request.ts";
import type { RecallRun } from "./recall-run.ts";
import type { RecallOptions } from "./recall-types.ts";

/** Recalls held for a final text; the oldest goes first. */
const MOST_HELD = 64;
/** A recall older than this (milliseconds) is made again; and one that is still under way by then is given up. */
const LIFETIME_MS = 15_000;

export interface Prefetched {
  text: string;
  startedAt: number;
  run: RecallRun;
}

/**
 * Recalls that were begun on partial transcripts: the newest for each user, session and set of options.
 *
 * One is used for a final text that says the same: the same words in the same order, whatever the case, the punctuation
 * and the white space. A partial text that ends inside a word, or before the last word, does not say the same; the next
 * partial text, or the final one, is then searched for anew. One is also used only while every index that it searched,
 * the profile and the session are as they were, so that its answer is the one that a new recall would give.
 */
export class Prefetches {
  readonly #clock: Clock;
  #held = new Map<string, Prefetched & { cancel: () => void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#held.size;
  }

  /** Starts `begin()` for this text, unless what is held says the same and is current. */
  begin(request: RecallRequest, options: RecallOptions, begin: () => RecallRun): void {
    const key = keyOf(request, options);
    const held = this.#held.get(key);
    if (held !== undefined && isUsable(held, request.query)) return;
    this.#drop(key);
    const run = begin();
    const startedAt = this.#clock.now();
    const drop = () => {
      if (this.#held.get(key)?.run === run) this.#drop(key);
    };
    const cancelTimer = this.#clock.after(LIFETIME_MS, drop, { background: true });
    request.signal?.addEventListener("abort", drop, { once: true });
    const cancel = () => {
      cancelTimer();
      request.signal?.removeEventListener("abort", drop);
    };
    this.#held.set(key, { text: request.query, startedAt, run, cancel });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_HELD) break;
      this.#drop(oldest);
    }
  }

  /**
   * What is held for this call: all of it when it says the same and is current, its embedded query when it only says the
   * same. What says something else is dropped.
   */
  find(request: RecallRequest, options: RecallOptions): { prefetched?: Prefetched; query?: RecallQuery } {
    if (this.#held.size === 0) return {};
    const key = keyOf(request, options);
    const held = this.#held.get(key);
    if (held === undefined) return {};
    if (isUsable(held, request.query)) return { prefetched: held };
    this.#drop(key);
    const { run } = held;
    return run.complete && run.query.says(request.query) ? { query: run.query } : {};
  }

  /** Drops what is held of a user, or of a session. */
  forget(of: { userId?: string; sessionId?: string }): void {
    for (const [key, { run }] of this.#held) {
      if (run.request.userId === of.userId || (of.sessionId !== undefined && run.request.session === of.sessionId))
        this.#drop(key);
    }
  }

  clear(): void {
    for (const key of this.#held.keys()) this.#drop(key);
  }

  #drop(key: string): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    this.#held.delete(key);
    held.cancel();
    held.run.giveUp();
  }
}

/** One that is under way counts as current; whoever waits for it looks again. */
function isUsable({ run }: Prefetched, query: string): boolean {
  return run.query.says(query) && (!run.settled || (run.complete && run.isCurrent()));
}

/** Everything that the answer depends on but the text; how long to wait is not part of it. */
function keyOf(
  { userId, userName, session, lanes, minScore, topK, contextCharCap, perLaneCharCap }: RecallRequest,
  options: RecallOptions,
): string {
  const { intent, filter, orgIndexes, asOf, excludeTurnIds, excludeLastTurns, alpha, rerank, speaker, agents } =
    options;
  const asked = [...lanes].sort();
  return JSON.stringify([
    userId,
    userName,
    session,
    asked,
    topK,
    minScore,
    contextCharCap,
    perLaneCharCap,
    intent,
    filter,
    orgIndexes,
    asOf,
    excludeTurnIds,
    excludeLastTurns,
    alpha,
    rerank,
    speaker,
    agents,
  ]);
}
