import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { Scope, Sotto, Turn } from "@sotto/core";
import { type RecallOutcome, type TurnDraft, type TurnMemory, type TurnOptions, turnMemory } from "@sotto/core/adapter";
import { type IsUserMessage, lastExchange, saidByUser, spokenAnswers, textOf } from "../messages/last-exchange.ts";
import { toolCallsOf } from "../messages/tool-calls-of.ts";

/** Marks turns that an agent recorded. */
const MARK = { langchain: "agent" };

export interface AgentTurnOptions extends TurnOptions {
  /**
   * Whether a human message is the user speaking: what is not is neither recorded nor searched for. Default: unless it is
   * a summary of LangChain's, or its `additional_kwargs.sotto.isUserMessage` is false.
   */
  isUserMessage?: IsUserMessage | undefined;
}

/**
 * Recall and record of the turns of agents and graphs. Turns are named by the ids of their messages, so that a run that
 * is done again, or goes on after an interrupt in another process, writes nothing twice; what the thread no longer holds,
 * because it went on from an earlier checkpoint, is forgotten.
 */
export class AgentTurns {
  readonly memory: TurnMemory;
  readonly #isUserMessage: IsUserMessage;

  constructor(sotto: Sotto, { isUserMessage = saidByUser, ...options }: AgentTurnOptions) {
    this.memory = turnMemory(sotto, options);
    this.#isUserMessage = isUserMessage;
  }

  /** What is recalled for the user's last words, and the message that they stand in. */
  async recall(
    messages: readonly BaseMessage[],
    scope: Scope,
    signal?: AbortSignal,
  ): Promise<{ outcome: RecallOutcome; question: BaseMessage } | undefined> {
    const asked = lastExchange(messages, this.#isUserMessage)?.asked ?? [];
    const question = asked[0];
    if (question === undefined) return undefined;
    const excludeTurnIds = messages.flatMap(({ id }) => id ?? []);
    const turn = { id: turnIdOf(asked), scope, text: textOf(asked), excludeTurnIds };
    return { outcome: await this.memory.recall(turn, signal), question };
  }

  /** Before a turn and after it: the same words, said again, are another one. */
  end(messages: readonly BaseMessage[], scope: Scope): void {
    const asked = lastExchange(messages, this.#isUserMessage)?.asked ?? [];
    if (asked.length > 0) this.memory.end({ id: turnIdOf(asked), scope });
  }

  /** Writes what the user said last, without waiting. A message without an id waits for the answer. */
  recordAsked(messages: readonly BaseMessage[], scope: Scope): void {
    for (const { id, text } of lastExchange(messages, this.#isUserMessage)?.asked ?? [])
      if (id !== undefined) void this.#record(scope, messages, { role: "user", text, itemId: id });
  }

  /** Writes what the model said before it calls a tool, without waiting: the run may stop there for good. */
  recordStep(message: unknown, messages: readonly BaseMessage[], scope: Scope): void {
    if (!AIMessage.isInstance(message) || message.text.trim() === "" || (message.tool_calls ?? []).length === 0) return;
    // The graph would give it one later; then it is the same turn.
    message.id ??= crypto.randomUUID();
    void this.#record(scope, [...messages, message], { role: "assistant", text: message.text, itemId: message.id });
  }

  /** Writes the answer, and what was asked where that is not written yet; waits until both are on disk, or too late. */
  async recordAnswer(messages: readonly BaseMessage[], scope: Scope): Promise<void> {
    const exchange = lastExchange(messages, this.#isUserMessage);
    if (exchange === undefined) return;
    const writes: Promise<unknown>[] = [];
    for (const { id, text } of exchange.asked) {
      const itemId = id === undefined ? {} : { itemId: id };
      writes.push(this.#record(scope, messages, { role: "user", text, ...itemId }));
    }
    const answers = spokenAnswers(exchange.after);
    const toolCalls = toolCallsOf(exchange.after);
    for (const answer of answers) {
      const called = answer === answers.at(-1) && toolCalls.length > 0 ? { toolCalls } : {};
      const itemId = answer.id === undefined ? {} : { itemId: answer.id };
      writes.push(this.#record(scope, messages, { role: "assistant", text: answer.text, ...itemId, ...called }));
    }
    await Promise.all(writes);
  }

  #record(scope: Scope, messages: readonly BaseMessage[], draft: TurnDraft): Promise<string | null> {
    const held = new Set(messages.flatMap(({ id }) => id ?? []));
    const before = messages.flatMap(({ id }) => (id === undefined || id === draft.itemId ? [] : [id]));
    return this.memory.record(scope, (turns) => {
      const known = turns.find(({ id }) => id === draft.itemId);
      const replaces = replacedBy(turns, { held, before, itemId: draft.itemId });
      const isSame = known !== undefined && known.text === draft.text;
      if (isSame && (draft.role === "user" || replaces.length === 0)) return undefined;
      if (known !== undefined && !isSame) replaces.push(known.id);
      // A question that is asked again keeps its answer until there is another one.
      const now = draft.role === "user" && isSame ? [] : replaces;
      return { ...draft, metadata: MARK, ...(now.length === 0 ? {} : { replaces: now }) };
    });
  }
}

/**
 * Turns that agents recorded after the last one that the thread still holds, and that it no longer holds. Without a turn
 * in common nothing is known of the thread's history: nothing is replaced.
 */
function replacedBy(
  turns: readonly Turn[],
  { held, before, itemId }: { held: ReadonlySet<string>; before: readonly string[]; itemId: string | undefined },
): string[] {
  const common = new Set([...before, ...(itemId === undefined ? [] : [itemId])]);
  const at = turns.findLastIndex(({ id }) => common.has(id));
  if (at === -1) return [];
  return turns.slice(at + 1).flatMap((turn) => (isOurs(turn) && !held.has(turn.id) ? [turn.id] : []));
}

function isOurs({ metadata }: Turn): boolean {
  return metadata?.langchain === MARK.langchain;
}

function turnIdOf(asked: readonly BaseMessage[]): string {
  return JSON.stringify([asked.at(-1)?.id, textOf(asked)]);
}
