import type { BaseMessage } from "@langchain/core/messages";
import type { Scope, Sotto } from "@sotto/core";
import type { TurnStats } from "@sotto/core/adapter";
import { type AgentTurnOptions, AgentTurns } from "./middleware/agent-turns.ts";
import { type MemoryRuntime, type MiddlewareScope, scopeOfRun } from "./middleware/memory-runtime.ts";

export interface MemoryNodeOptions extends AgentTurnOptions {
  /** Whose memory. Default: `context.userId` of the run, and `configurable.thread_id` as its session. */
  scope?: MiddlewareScope<unknown> | undefined;
}

/** What the nodes read of a graph's state. */
export interface MessagesState {
  messages: BaseMessage[];
}

/** What a node is called with, of which this is read. */
export type MemoryNodeConfig = MemoryRuntime;

/**
 * Two nodes for a `StateGraph`, for those who do without `createAgent`: `recallNode` goes before the model and puts what
 * is recalled into `state.memory` (fenced text, "" for nothing), for the prompt; it records what the user said.
 * `recordNode` goes after it and records the answer, on disk when it resolves.
 *
 * @example
 * const { recallNode, recordNode } = memoryNodes(sotto);
 * const graph = new StateGraph(State).addNode("recall", recallNode).addNode("model", callModel).addNode("record", recordNode);
 */
export function memoryNodes(
  sotto: Sotto,
  { scope, ...options }: MemoryNodeOptions = {},
): {
  recallNode(this: void, state: MessagesState, config?: MemoryNodeConfig): Promise<{ memory: string }>;
  recordNode(this: void, state: MessagesState, config?: MemoryNodeConfig): Promise<Record<string, never>>;
  /** Failures that did not stop a run. */
  readonly stats: Readonly<TurnStats>;
  flush(): Promise<void>;
} {
  const turns = new AgentTurns(sotto, options);
  const whoseRun = (config: MemoryNodeConfig = {}): Scope | undefined => scopeOfRun(scope, config);
  return {
    async recallNode({ messages }, config) {
      const whose = whoseRun(config);
      if (whose === undefined) return { memory: "" };
      turns.end(messages, whose);
      const recalled = await turns.recall(messages, whose, config?.signal);
      turns.recordAsked(messages, whose);
      return { memory: recalled?.outcome.block ?? "" };
    },
    async recordNode({ messages }, config) {
      const whose = whoseRun(config);
      if (whose === undefined) return {};
      turns.end(messages, whose);
      await turns.recordAnswer(messages, whose);
      return {};
    },
    stats: turns.memory.stats,
    flush: () => turns.memory.flush(),
  };
}
