import type { Scope, Sotto, ToolCall } from "@sotto/core";
import { type ScopeOption, scopeOf, type TurnStats, turnMemory } from "@sotto/core/adapter";
import type { Instructions, ModelMessage } from "ai";
import { type Conversation, conversationOf } from "../turn/conversation.ts";
import { memoryBlock } from "../turn/memory-block.ts";
import type { MemoryOptions } from "../turn/memory-options.ts";
import { RecordedTurn } from "../turn/recorded-turn.ts";
import { withBlock } from "./instructions.ts";
import { withBlockBefore } from "./messages.ts";

export interface AgentMemoryOptions extends MemoryOptions {
  /** Whose memory: fixed, or found from the call's runtime context. Without a session nothing is recorded. */
  scope: ScopeOption<{ runtimeContext: Record<string, unknown> }>;
}

/** What the hooks read of the SDK's events, which hold more. */
export interface AgentStepOptions {
  initialInstructions: Instructions | undefined;
  initialMessages: ModelMessage[];
  messages: ModelMessage[];
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

/** What a step is given; undefined for nothing. */
export type AgentStepResult = { messages: ModelMessage[] } | { instructions: Instructions } | undefined;

export interface AgentMemory {
  /** Recalls once a turn, and gives every step the same block. */
  prepareStep(this: void, options: AgentStepOptions): Promise<AgentStepResult>;
  /** Records the question. */
  onStart(this: void, event: AgentStartEvent): Promise<void>;
  /** Records the answer, with which the turn is over; needs `onStart`. */
  onEnd(this: void, event: AgentEndEvent): Promise<void>;
  /** Records the steps that were finished when a stream was aborted; needs `onStart`. */
  onAbort(this: void, event: AgentEndEvent): Promise<void>;
}

interface Call {
  scope: Scope;
  conversation: Conversation;
  recorded: RecordedTurn;
}

/** Calls under way whose question is kept. */
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
  sotto: Sotto,
  options: AgentMemoryOptions,
): { readonly hooks: AgentMemory; readonly stats: Readonly<TurnStats>; flush(): Promise<void> } {
  const { scope: scopeOption, placement = "user", isUserMessage, ...turnOptions } = options;
  const memory = turnMemory(sotto, turnOptions);
  const calls = new Map<string, Call>();

  /** The turn that messages ask for, and whose it is; undefined, with a warning, where that cannot be found. */
  async function locate(
    messages: ModelMessage[],
    runtimeContext: Record<string, unknown>,
  ): Promise<{ scope: Scope; conversation: Conversation } | undefined> {
    try {
      const scope = scopeOf(scopeOption, { runtimeContext });
      const conversation = await conversationOf(messages, { isUserMessage });
      return scope && conversation && { scope, conversation };
    } catch (error) {
      memory.failed("a call goes on without memory", error);
      return undefined;
    }
  }

  async function recordAnswer({ callId, steps }: AgentEndEvent, interrupted: boolean): Promise<void> {
    const call = calls.get(callId);
    calls.delete(callId);
    if (call === undefined) return;
    const { scope, conversation, recorded } = call;
    memory.end({ id: conversation.turnId, scope });
    const text = steps.flatMap((step) => step.text.trim() || []).join("\n");
    if (text === "") return;
    const toolCalls = steps.flatMap((step) => step.toolCalls.map(toToolCall));
    const more = { ...(interrupted ? { interrupted } : {}), ...(toolCalls.length === 0 ? {} : { toolCalls }) };
    void memory.record(scope, await recorded.answer(text, more));
  }

  const hooks: AgentMemory = {
    async prepareStep({ initialInstructions, initialMessages, messages, runtimeContext }) {
      const turn = await locate(initialMessages, runtimeContext);
      if (turn === undefined) return undefined;
      const { turnId: id, userText: text, turnsBefore, questionAt } = turn.conversation;
      const { block } = await memory.recall({ id, scope: turn.scope, text, excludeLastTurns: turnsBefore });
      if (block === "") return undefined;
      // Overrides carry over to later steps: instructions always from the first ones, messages with the block once.
      return placement === "system"
        ? { instructions: withBlock(initialInstructions, memoryBlock(block)) }
        : { messages: withBlockBefore(messages, memoryBlock(block), questionAt) };
    },
    async onStart({ callId, messages, runtimeContext }) {
      const turn = await locate(messages, runtimeContext);
      if (turn === undefined) return;
      // A call is a turn of its own, whatever was asked before.
      memory.end({ id: turn.conversation.turnId, scope: turn.scope });
      const call = { ...turn, recorded: new RecordedTurn(turn.conversation) };
      calls.set(callId, call);
      for (const oldest of calls.keys()) {
        if (calls.size <= MOST_CALLS) break;
        calls.delete(oldest);
      }
      const running = new Set([...calls.values()].map(({ conversation }) => conversation.turnId));
      running.delete(turn.conversation.turnId);
      void memory.record(
        turn.scope,
        call.recorded.question((turnId) => running.has(turnId)),
      );
    },
    onEnd: (event) => recordAnswer(event, false),
    onAbort: (event) => recordAnswer(event, true),
  };
  return { hooks, stats: memory.stats, flush: () => memory.flush() };
}

function toToolCall({ toolName, input }: { readonly toolName: string; readonly input: unknown }): ToolCall {
  return { name: toolName, arguments: input as NonNullable<ToolCall["arguments"]> };
}
