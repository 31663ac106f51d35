import { systemClock } from "../../clock.ts";
import { codeOf } from "../../errors/index.ts";
import { consoleLogger } from "../../logger.ts";
import type { Sotto } from "../../sotto.ts";
import type { Scope } from "../../user/index.ts";
import type { TurnOptions, TurnStats } from "./turn-options.ts";
import { type AskedTurn, type RecallOutcome, TurnRecall } from "./turn-recall.ts";
import { type DraftedTurn, TurnWrites } from "./turn-writes.ts";

/** What of Sotto a turn needs. */
export type TurnSotto = Pick<Sotto, "searchMemory" | "recordTurn" | "session" | "flush">;

/** Recalls and records the turns of a conversation; neither ever stops one: failures are counted and logged. */
export interface TurnMemory {
  readonly stats: Readonly<TurnStats>;
  /** What is recalled for a turn: asked for once, until `end`. Answers by the deadline, and never rejects. */
  recall(turn: AskedTurn, signal?: AbortSignal): Promise<RecallOutcome>;
  /** The answer was given and nothing is pending: the same words later are another turn. */
  end(turn: Pick<AskedTurn, "id" | "scope">): void;
  /** Writes a turn of the scope's session. Null when it has none, when nothing is recorded, or when it failed. */
  record(scope: Scope, turn: DraftedTurn): Promise<string | null>;
  /** Resolves once every turn so far is on disk, at the latest after `recordTimeoutMs`. Never rejects. */
  flush(): Promise<void>;
  /** Says that a call goes on without memory, without what anybody said. */
  warn(message: string, error?: unknown): void;
  /** Counts and says that memory could not be asked at all. */
  failed(message: string, error: unknown): void;
}

/**
 * What every adapter does with a turn: recall once under one deadline, then record both sides, per session and bounded
 * in time.
 *
 * @example
 * const memory = turnMemory(sotto, { timeoutMs: 250 });
 * const { block } = await memory.recall({ id: message.id, scope, text: message.text });
 * void memory.record(scope, { role: "user", text: message.text, itemId: message.id });
 */
export function turnMemory(sotto: TurnSotto, options: TurnOptions = {}): TurnMemory {
  const { timeoutMs = 250, recordTimeoutMs = 5_000, clock = systemClock, logger = consoleLogger } = options;
  const stats: TurnStats = {
    recalls: 0,
    lateRecalls: 0,
    failedRecalls: 0,
    lateWrites: 0,
    failedWrites: 0,
  };
  const warn = (message: string, error?: unknown) =>
    logger.warn(message, error === undefined ? undefined : { error: codeOf(error) });
  const recalls = new TurnRecall(sotto, { ...options, timeoutMs, clock });
  const writes = new TurnWrites(
    sotto,
    { recordTimeoutMs, clock },
    {
      late() {
        stats.lateWrites++;
        logger.warn("a turn is still being written", { recordTimeoutMs });
      },
      failed(error) {
        stats.failedWrites++;
        if (error !== undefined) warn("a turn could not be recorded", error);
      },
    },
  );

  function came(outcome: RecallOutcome, scope: Scope | undefined): string {
    if (outcome.status === "late") {
      stats.lateRecalls++;
      logger.warn("memory did not answer in time; the answer goes on without", {
        timeoutMs,
      });
    } else if (outcome.status === "failed") {
      stats.failedRecalls++;
      warn("recall failed; the answer goes on without memory", outcome.error);
    }
    const { recall } = outcome;
    if (recall === undefined || scope === undefined) return "";
    guarded("onRecall failed", () => options.onRecall?.(recall, scope));
    if (recall.contextText === "") return "";
    return (
      guarded("promptTemplate failed", () => options.promptTemplate?.(recall.contextText, recall)) ?? recall.contextText
    );
  }

  function guarded<T>(message: string, call: () => T): T | undefined {
    try {
      return call();
    } catch (error) {
      warn(message, error);
      return undefined;
    }
  }

  return {
    stats,
    recall: (turn, signal) =>
      recalls.recall(turn, signal, {
        started: () => void stats.recalls++,
        came,
      }),
    end: (turn) => recalls.end(turn),
    async record({ session, ...scope }, turn) {
      if (session === undefined || options.record === false) return null;
      return writes.record({ ...scope, session }, turn);
    },
    async flush() {
      if (!(await writes.flush())) logger.warn("turns are still being written", { recordTimeoutMs });
    },
    warn,
    failed(message, error) {
      stats.failedRecalls++;
      warn(message, error);
    },
  };
}
