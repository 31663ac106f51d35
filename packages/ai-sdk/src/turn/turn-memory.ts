import type { Logger, Recall, Scope, Sotto, TurnInput } from "@sotto/core";
import { DeadlineExceededError } from "../deadline/deadline-exceeded-error.ts";
import { withDeadline } from "../deadline/with-deadline.ts";
import type { Conversation } from "./conversation.ts";
import type { TurnOptions, TurnStats } from "./turn-options.ts";

/** `searchMemory` answers with what it has at its own deadline: it gets this long to do so. */
const GRACE_MS = 100;

const consoleLogger: Pick<Logger, "warn"> = {
  warn: (message, fields) => console.warn(`sotto: ${message}`, fields ?? ""),
};

/** Recalls and records turns; neither ever stops a call: failures are counted and logged. */
export class TurnMemory {
  readonly stats: TurnStats = { recalls: 0, lateRecalls: 0, failedRecalls: 0, failedWrites: 0 };
  readonly logger: Pick<Logger, "warn">;
  readonly #memory: Sotto;
  readonly #options: TurnOptions;
  #writes: Promise<void> = Promise.resolve();

  constructor(memory: Sotto, options: TurnOptions) {
    this.#memory = memory;
    this.#options = options;
    this.logger = options.logger ?? consoleLogger;
  }

  /** Null when there is nothing to ask with, and when memory fails or is late. */
  async recall(
    { userText, turnsBefore }: Pick<Conversation, "userText" | "turnsBefore">,
    scope: Scope,
    signal?: AbortSignal,
  ): Promise<Recall | null> {
    if (userText === "") return null;
    const { timeoutMs = 250, record: _record, onRecall: _onRecall, logger: _logger, ...options } = this.#options;
    this.stats.recalls++;
    try {
      const recall = await withDeadline(
        (ownSignal) =>
          this.#memory.searchMemory(userText, {
            excludeLastTurns: turnsBefore,
            ...options,
            ...scope,
            timeoutMs,
            signal: ownSignal,
          }),
        { operation: "recall", timeoutMs: timeoutMs + GRACE_MS, signal },
      );
      this.#tell(recall, scope);
      return recall;
    } catch (error) {
      if (signal?.aborted) return null;
      if (DeadlineExceededError.isInstance(error)) this.stats.lateRecalls++;
      else this.stats.failedRecalls++;
      this.warn("recall failed; the model is asked without memory", error);
      return null;
    }
  }

  #tell(recall: Recall, scope: Scope): void {
    try {
      this.#options.onRecall?.(recall, scope);
    } catch (error) {
      this.warn("onRecall failed", error);
    }
  }

  /** Queues a turn behind those before it. Nothing waits for it but `flush`. */
  record(scope: Scope, turn: Omit<TurnInput, "session" | "user">): void {
    const { session } = scope;
    if (session === undefined || this.#options.record === false || turn.text === "") return;
    this.#writes = this.#writes.then(async () => {
      try {
        if ((await this.#memory.recordTurn({ ...scope, session, ...turn })) === null) this.stats.failedWrites++;
      } catch (error) {
        this.stats.failedWrites++;
        this.warn("a turn could not be recorded", error);
      }
    });
  }

  /** Resolves once every turn recorded so far is on disk. */
  async flush(): Promise<void> {
    await this.#writes;
    await this.#memory.flush();
  }

  warn(message: string, error: unknown): void {
    this.logger.warn(message, { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
}
