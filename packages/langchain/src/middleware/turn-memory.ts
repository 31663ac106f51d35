import type { AIMessage, BaseMessage } from "@langchain/core/messages";
import {
  type Clock,
  defaultLimits,
  type Logger,
  type Recall,
  type RecallOptions,
  type Scope,
  type Sotto,
} from "@sotto/core";
import { lastExchange, spokenAnswers } from "../messages/last-exchange.ts";
import { toolCallsOf } from "../messages/tool-calls-of.ts";
import { within } from "./within.ts";

/** `searchMemory` answers at its deadline; one that does not is given up so much later. */
const GRACE_MS = 100;
/** Runs whose recall is held: those under way, and a few that may be resumed. */
const MOST_HELD = 256;

export interface TurnMemoryOptions {
  recall: Omit<RecallOptions, "user" | "session" | "signal" | "excludeTurnIds">;
  recordTimeoutMs: number;
  onRecall: ((recall: Recall, scope: Scope) => void) | undefined;
  clock: Clock;
  logger: Logger;
}

/**
 * Recall and record of one turn of an agent, however many steps it takes. Turns are named by the ids of their messages,
 * so that a run that is done again, or goes on after an interrupt in another process, writes nothing twice.
 */
export class TurnMemory {
  readonly #sotto: Sotto;
  readonly #options: TurnMemoryOptions;
  readonly #recalls = new Map<string, Promise<Recall | undefined>>();
  readonly #writes = new Set<Promise<unknown>>();

  constructor(sotto: Sotto, options: TurnMemoryOptions) {
    this.#sotto = sotto;
    this.#options = options;
  }

  /** What is recalled for the user's last words: asked for once a turn. Undefined when memory failed; never rejects. */
  recall(messages: readonly BaseMessage[], scope: Scope, signal?: AbortSignal): Promise<Recall | undefined> {
    const asked = lastExchange(messages)?.asked ?? [];
    const query = textOf(asked).slice(0, defaultLimits.queryChars);
    if (query.trim() === "") return Promise.resolve(undefined);
    const user = typeof scope.user === "string" ? scope.user : scope.user.id;
    const key = JSON.stringify([user, scope.session, asked.at(-1)?.id, query]);
    const held = this.#recalls.get(key);
    if (held !== undefined) return held;
    const recall = this.#search(query, messages, scope, signal);
    this.#recalls.set(key, recall);
    for (const oldest of this.#recalls.keys()) {
      if (this.#recalls.size <= MOST_HELD) break;
      this.#recalls.delete(oldest);
    }
    return recall;
  }

  /** Writes what the user said last, without waiting. A message without an id waits for the answer. */
  recordAsked(messages: readonly BaseMessage[], scope: Scope): void {
    for (const { id, text } of lastExchange(messages)?.asked ?? []) {
      if (id !== undefined) this.#record(scope, { role: "user", text, id });
    }
  }

  /** Writes the answer, and what was asked where that is not written yet; waits until both are on disk, or too late. */
  async recordAnswer(messages: readonly BaseMessage[], scope: Scope): Promise<void> {
    const { asked, after } = lastExchange(messages) ?? { asked: [], after: [] };
    for (const { id, text } of asked) this.#record(scope, { role: "user", text, id });
    const answers = spokenAnswers(after);
    if (answers.length > 0) {
      const last = answers.at(-1) as AIMessage;
      this.#record(scope, { role: "assistant", text: textOf(answers), id: last.id, toolCalls: toolCallsOf(after) });
    }
    await this.flush();
  }

  /** Waits until every turn so far is on disk; gives up (and says so in the log) after `recordTimeoutMs`. */
  async flush(): Promise<void> {
    const { clock, recordTimeoutMs, logger } = this.#options;
    const written = Promise.all(this.#writes).then(() => true);
    if (await within(clock, recordTimeoutMs, written, false)) return;
    logger.warn("turns are still being written", { count: this.#writes.size, recordTimeoutMs });
  }

  async #search(
    query: string,
    messages: readonly BaseMessage[],
    scope: Scope,
    signal: AbortSignal | undefined,
  ): Promise<Recall | undefined> {
    const { clock, logger, recall } = this.#options;
    try {
      const work = this.#sotto.searchMemory(query, {
        ...recall,
        ...scope,
        ...(signal === undefined ? {} : { signal }),
        excludeTurnIds: messages.flatMap(({ id }) => id ?? []),
      });
      const found = await within(clock, (recall.timeoutMs ?? 250) + GRACE_MS, work, undefined);
      if (found === undefined) logger.warn("recall did not answer in time", { timeoutMs: recall.timeoutMs ?? 250 });
      else this.#tell(found, scope);
      return found;
    } catch (error) {
      logger.warn("recall failed", { error: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  #tell(recall: Recall, scope: Scope): void {
    try {
      this.#options.onRecall?.(recall, scope);
    } catch (error) {
      this.#options.logger.warn("onRecall failed", { error: error instanceof Error ? error.message : String(error) });
    }
  }

  #record(
    { user, session }: Scope,
    turn: {
      role: "user" | "assistant";
      text: string;
      id: string | undefined;
      toolCalls?: ReturnType<typeof toolCallsOf>;
    },
  ): void {
    if (session === undefined || turn.text.trim() === "") return;
    const write = this.#sotto
      .recordTurn({
        user,
        session,
        role: turn.role,
        text: turn.text,
        ...(turn.id === undefined ? {} : { itemId: turn.id }),
        ...(turn.toolCalls === undefined || turn.toolCalls.length === 0 ? {} : { toolCalls: turn.toolCalls }),
      })
      .catch(() => null)
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }
}

function textOf(messages: readonly BaseMessage[]): string {
  return messages
    .map(({ text }) => text)
    .filter((text) => text.trim() !== "")
    .join("\n");
}
