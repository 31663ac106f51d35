import type { Recall, Scope, Sotto, ToolCall } from "@sotto/core";
import type { Instructions, ModelMessage } from "ai";
import { type Conversation, conversationOf } from "../turn/conversation.ts";
import { memoryBlock } from "../turn/memory-block.ts";
import { type ScopeOption, scopeKey, scopeOf } from "../turn/scope-option.ts";
import { textHash } from "../turn/text-hash.ts";
import { TurnMemory } from "../turn/turn-memory.ts";
import type { TurnOptions, TurnStats } from "../turn/turn-options.ts";
import { withBlock } from "./instructions.ts";

export interface AgentMemoryOptions extends TurnOptions {
  /** Whose memory: fixed, or found from the call's runtime context. Without a session nothing is recorded. */
  scope: ScopeOption<{ runtimeContext: Record<string, unknown> }>;
}

/** What the hooks read of the SDK's events, which hold more. */
export interface AgentStepOptions {
  initialInstructions: Instructions | undefined;
  initialMessages: ModelMessage[];
  runtimeContext: Record<string, unknown>;
}
export interface AgentStartEvent {
  readonly callId: string;
  readonly messages: ModelMessage[];
  readonly runtimeContext: Record<string, unknown>;
}
export interface AgentEndEvent {
  readonly callId: string;
  readonly steps: readonly {
    readonly text: string;
    readonly toolCalls: readonly { readonly toolName: string; readonly input: unknown }[];
  }[];
}

export interface AgentMemory {
  /** Recalls once a turn, and gives every step the agent's own instructions with the same block behind them. */
  prepareStep(this: void, options: AgentStepOptions): Promise<{ instructions: Instructions } | undefined>;
  /** Records the question. */
  onStart(this: void, event: AgentStartEvent): Promise<void>;
  /** Records the answer; needs `onStart`. */
  onEnd(this: void, event: AgentEndEvent): Promise<void>;
  /** Records the steps that were finished when a stream was aborted; needs `onStart`. */
  onAbort(this: void, event: AgentEndEvent): Promise<void>;
}

/** Calls whose recall or question is kept. */
const MOST_CALLS = 64;

/**
 * Memory as the hooks of a `ToolLoopAgent`, a `generateText` or a `streamText`: spread `hooks` into its settings. The
 * middleware does more (citations, and what was said of a step that was cut off): use one of the two.
 *
 * @example
 * ```ts
 * const memory = agentMemory(sotto, { scope: { user: "ana", session: "chat-1" } });
 * const agent = new ToolLoopAgent({ model, tools, instructions: "You are brief.", ...memory.hooks });
 * await agent.generate({ prompt: "What did I order?" });
 * await memory.flush();
 * ```
 */
export function agentMemory(
  memory: Sotto,
  options: AgentMemoryOptions,
): { readonly hooks: AgentMemory; readonly stats: Readonly<TurnStats>; flush(): Promise<void> } {
  const { scope: scopeOption, ...turnOptions } = options;
  const turns = new TurnMemory(memory, turnOptions);
  const recalls = new Map<string, Promise<Recall | null>>();
  const calls = new Map<string, { scope: Scope; conversation: Conversation }>();

  /** The turn that messages ask for, and whose it is; undefined, with a warning, where that cannot be found. */
  async function locate(
    messages: ModelMessage[],
    runtimeContext: Record<string, unknown>,
  ): Promise<{ scope: Scope; conversation: Conversation } | undefined> {
    try {
      const scope = scopeOf(scopeOption, { runtimeContext });
      const conversation = await conversationOf(messages);
      return scope && conversation && { scope, conversation };
    } catch (error) {
      turns.stats.failedRecalls++;
      turns.warn("a call goes on without memory", error);
      return undefined;
    }
  }

  async function recordAnswer({ callId, steps }: AgentEndEvent, interrupted: boolean): Promise<void> {
    const call = calls.get(callId);
    calls.delete(callId);
    const text = steps.flatMap((step) => step.text.trim() || []).join("\n");
    if (call === undefined || text === "") return;
    const toolCalls = steps.flatMap((step) => step.toolCalls.map(toToolCall));
    turns.record(call.scope, {
      role: "assistant",
      text,
      itemId: `${call.conversation.turnId}/assistant/${await textHash(text)}`,
      ...(interrupted ? { interrupted } : {}),
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
    });
  }

  const hooks: AgentMemory = {
    async prepareStep({ initialInstructions, initialMessages, runtimeContext }) {
      const turn = await locate(initialMessages, runtimeContext);
      if (turn === undefined) return undefined;
      const key = `${scopeKey(turn.scope)} ${turn.conversation.turnId}`;
      const recall = recalls.get(key) ?? turns.recall(turn.conversation, turn.scope);
      keep(recalls, key, recall);
      const contextText = (await recall)?.contextText ?? "";
      // Overrides carry over to later steps: always from the first instructions.
      return contextText === ""
        ? undefined
        : { instructions: withBlock(initialInstructions, memoryBlock(contextText)) };
    },
    async onStart({ callId, messages, runtimeContext }) {
      const turn = await locate(messages, runtimeContext);
      if (turn === undefined) return;
      keep(calls, callId, turn);
      const { turnId, userText, steps } = turn.conversation;
      if (steps === 0) turns.record(turn.scope, { role: "user", text: userText, itemId: `${turnId}/user` });
    },
    onEnd: (event) => recordAnswer(event, false),
    onAbort: (event) => recordAnswer(event, true),
  };
  return { hooks, stats: turns.stats, flush: () => turns.flush() };
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST_CALLS) return;
    map.delete(oldest);
  }
}

function toToolCall({ toolName, input }: { readonly toolName: string; readonly input: unknown }): ToolCall {
  return { name: toolName, arguments: input as NonNullable<ToolCall["arguments"]> };
}
