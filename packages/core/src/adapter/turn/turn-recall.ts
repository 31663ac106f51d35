import type { Clock } from "../../clock.ts";
import { isPromise, type MaybePromise } from "../../maybe-promise.ts";
import type { Recall, RecallOptions } from "../../recall/index.ts";
import type { Sotto } from "../../sotto.ts";
import type { Scope } from "../../user/index.ts";
import { DeadlineExceededError, withDeadline } from "../deadline.ts";
import { scopeKey } from "../scope.ts";
import { queryText } from "./query-text.ts";
import type { TurnOptions } from "./turn-options.ts";

/** Core gets a little less than the deadline, so that lanes which are there are not lost with those which are late. */
const CORE_SHARE = 0.8;
/** Turns whose recall is held: those under way. One that never ends is let go beyond this. */
const MOST_OPEN = 64;

/** A turn of which the model is to answer. */
export interface AskedTurn {
  /** The same for every step and retry of one turn, and of no other turn in its scope. */
  id: string;
  /** Whose memory; undefined when it turns out that nobody knows. */
  scope: MaybePromise<Scope | undefined>;
  /** What the user said. */
  text: string;
  /** Ids of turns that the model sees anyway. */
  excludeTurnIds?: readonly string[];
  /** Newest turns that the model sees anyway. An option of the same name goes first. */
  excludeLastTurns?: number;
  /** Replaces `searchMemory`, for calls that ask more than one scope. */
  search?: (query: string, options: RecallOptions) => Promise<Recall>;
}

/** How a recall came out; `block` is what the model is to be shown, "" for nothing. */
export type RecallOutcome = {
  block: string;
  query: string;
  waitedMs: number;
} & (
  | { status: "ok" | "empty"; recall: Recall }
  | {
      status: "late" | "aborted" | "unknown_user" | "blank";
      recall?: undefined;
    }
  | { status: "failed"; recall?: undefined; error: unknown }
);

type Found = {
  status: RecallOutcome["status"];
  recall?: Recall;
  error?: unknown;
};

interface Running {
  outcome: Promise<RecallOutcome>;
  stop: AbortController;
  waiting: number;
  settled: boolean;
}

/** Recall once a turn, however many steps and callers it has. A recall that failed, was late or aborted is not kept. */
export class TurnRecall {
  readonly #sotto: Pick<Sotto, "searchMemory">;
  readonly #options: TurnOptions & { timeoutMs: number; clock: Clock };
  readonly #open = new Map<string, Running>();

  constructor(sotto: Pick<Sotto, "searchMemory">, options: TurnOptions & { timeoutMs: number; clock: Clock }) {
    this.#sotto = sotto;
    this.#options = options;
  }

  /** Never rejects, and never takes longer than the deadline. `started`, `came` watch what is really asked. */
  async recall(
    turn: AskedTurn,
    signal: AbortSignal | undefined,
    watch: {
      started(): void;
      came(outcome: RecallOutcome, scope: Scope | undefined): string;
    },
  ): Promise<RecallOutcome> {
    const query = queryText(turn.text);
    const nothing = (status: "aborted" | "blank"): RecallOutcome => ({
      status,
      block: "",
      query,
      waitedMs: 0,
    });
    if (query === "") return nothing("blank");
    if (signal?.aborted) return nothing("aborted");
    const key = keyOf(turn);
    const running = this.#open.get(key) ?? this.#start(key, turn, query, watch);
    running.waiting++;
    let onAbort = () => {};
    const aborted = new Promise<RecallOutcome>((resolve) => {
      onAbort = () => resolve(nothing("aborted"));
      // It may have been aborted while the search began.
      if (signal?.aborted) onAbort();
      signal?.addEventListener("abort", onAbort, { once: true });
    });
    try {
      return await Promise.race([running.outcome, aborted]);
    } finally {
      signal?.removeEventListener("abort", onAbort);
      // Nobody waits any more: what was aborted is asked anew.
      if (--running.waiting === 0 && !running.settled) {
        running.stop.abort(signal?.reason);
        this.#drop(key, running);
      }
    }
  }

  /** The turn is over: the same words are a new turn. */
  end(turn: Pick<AskedTurn, "id" | "scope">): void {
    this.#open.delete(keyOf(turn));
  }

  #start(
    key: string,
    turn: AskedTurn,
    query: string,
    watch: {
      started(): void;
      came(outcome: RecallOutcome, scope: Scope | undefined): string;
    },
  ): Running {
    const { clock, timeoutMs } = this.#options;
    const begun = clock.monotonic();
    const stop = new AbortController();
    let asked: Scope | undefined;
    watch.started();
    const search = async (signal: AbortSignal): Promise<Found> => {
      // Not awaited when it is known: recall over open memory is then done in this turn of the event loop.
      const scope = isPromise(turn.scope) ? await turn.scope : turn.scope;
      if (scope === undefined) return { status: "unknown_user" };
      asked = scope;
      const left = Math.max(1, timeoutMs * CORE_SHARE - (clock.monotonic() - begun));
      const options = recallOptions(this.#options, turn, scope, {
        timeoutMs: left,
        signal,
      });
      const recall = await (turn.search ?? this.#sotto.searchMemory.bind(this.#sotto))(query, options);
      return { status: recall.contextText === "" ? "empty" : "ok", recall };
    };
    const running: Running = {
      stop,
      waiting: 0,
      settled: false,
      outcome: Promise.resolve({} as RecallOutcome),
    };
    running.outcome = withDeadline(search, {
      operation: "recall",
      timeoutMs,
      signal: stop.signal,
      clock,
    })
      .catch((error: unknown): Found => {
        if (stop.signal.aborted) return { status: "aborted" };
        return DeadlineExceededError.isInstance(error) ? { status: "late" } : { status: "failed", error };
      })
      .then((found) => {
        running.settled = true;
        if (!worthKeeping(found)) this.#drop(key, running);
        const outcome = {
          ...found,
          block: "",
          query,
          waitedMs: clock.monotonic() - begun,
        } as RecallOutcome;
        return { ...outcome, block: watch.came(outcome, asked) };
      });
    this.#open.set(key, running);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= MOST_OPEN) break;
      this.#open.delete(oldest);
    }
    return running;
  }

  #drop(key: string, running: Running): void {
    if (this.#open.get(key) === running) this.#open.delete(key);
  }
}

function worthKeeping({ status, recall }: Found): boolean {
  return status === "ok" || (status === "empty" && recall?.trace.degraded === false);
}

function keyOf({ id, scope }: Pick<AskedTurn, "id" | "scope">): string {
  return scope === undefined || isPromise(scope) ? id : `${scopeKey(scope)} ${id}`;
}

function recallOptions(
  options: TurnOptions,
  { excludeTurnIds, excludeLastTurns }: AskedTurn,
  scope: Scope,
  run: { timeoutMs: number; signal: AbortSignal },
): RecallOptions {
  const { lanes, topK, filter, minScore, orgIndexes, contextCharCap, perLaneCharCap, intent } = options;
  const given = {
    lanes,
    topK,
    filter,
    minScore,
    orgIndexes,
    contextCharCap,
    perLaneCharCap,
    intent,
  };
  const wanted = {
    ...given,
    excludeTurnIds,
    excludeLastTurns: options.excludeLastTurns ?? excludeLastTurns,
  };
  const set = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return { ...(set as Partial<RecallOptions>), ...scope, ...run };
}
