import type { llm, voice } from "@livekit/agents";
import { type CallMemory, callMemory, turnsOf } from "./call/call-memory.ts";
import { type Memory, type ResolvedMemory, resolveMemory } from "./memory-options.ts";
import { RealtimeInstructions } from "./realtime/realtime-instructions.ts";
import { answeredMessage, withBlock } from "./recall/memory-block.ts";
import { TurnRecall } from "./recall/turn-recall.ts";
import { errorText, guardedLog } from "./telemetry/guarded-log.ts";
import { createMemoryTools } from "./tools/create-memory-tools.ts";

const remembering = new WeakSet<voice.Agent>();

/**
 * Gives an agent memory, in place: before it answers, what is known of the caller and of the subject stands before the
 * caller's message; what is spoken is recorded. Its own hooks go on to be called. Works for every kind of agent: classes,
 * `Agent.create()`, `AgentTask`. Answers the same agent.
 *
 * @example
 * ```ts
 * const agent = withMemory(voice.Agent.create({ instructions: "You are a helpful assistant." }), sotto);
 * ```
 */
export function withMemory<Agent extends voice.Agent>(agent: Agent, memory: Memory): Agent {
  if (remembering.has(agent)) return agent;
  remembering.add(agent);
  const resolved = resolveMemory(memory);
  addTools(agent, resolved);
  const own = new WeakMap<CallMemory, TurnRecall>();

  /** The session's identity and recording, this agent's recall options. */
  const recallOf = (call: CallMemory): TurnRecall => {
    if (call.memory === resolved) return call.recall;
    const recall = own.get(call) ?? new TurnRecall(resolved, call.identity, turnsOf(resolved));
    own.set(call, recall);
    return recall;
  };
  /** Undefined when memory cannot be had: the agent goes on without. */
  const attached = (): CallMemory | undefined => {
    try {
      const call = callMemory(agent.session, resolved);
      call.open();
      if (resolved.record) call.record();
      if (resolved.prefetch && resolved.inject !== "off") call.prefetch();
      return call;
    } catch (error) {
      guardedLog("error", "the agent goes on without memory", { error: errorText(error) });
      return undefined;
    }
  };

  const onEnter = agent.onEnter.bind(agent);
  agent.onEnter = async () => {
    const call = attached();
    if (call !== undefined) await new RealtimeInstructions(agent, call, resolved).start();
    return onEnter();
  };

  const llmNode = agent.llmNode.bind(agent);
  agent.llmNode = async (chatCtx, toolCtx, modelSettings) => {
    const context = resolved.inject === "llmNode" ? await contextFor(attached(), chatCtx) : chatCtx;
    return llmNode(context, toolCtx, modelSettings);
  };

  const onUserTurnCompleted = agent.onUserTurnCompleted.bind(agent);
  agent.onUserTurnCompleted = async (chatCtx, newMessage) => {
    if (resolved.inject === "onUserTurnCompleted") {
      const call = attached();
      const block = call && (await recallOf(call).blockFor(newMessage, chatCtx.items));
      if (block !== undefined) chatCtx.insert(block);
    }
    return onUserTurnCompleted(chatCtx, newMessage);
  };

  async function contextFor(call: CallMemory | undefined, chatCtx: llm.ChatContext): Promise<llm.ChatContext> {
    try {
      const message = answeredMessage(chatCtx);
      if (call === undefined || message === undefined) return chatCtx;
      const block = await recallOf(call).blockFor(message, chatCtx.items);
      return block === undefined ? chatCtx : withBlock(chatCtx, block, message);
    } catch (error) {
      guardedLog("error", "the reply goes on without memory", { error: errorText(error) });
      return chatCtx;
    }
  }
  return agent;
}

/** Before the agent runs this takes effect at once. */
function addTools(agent: voice.Agent, { tools, ...memory }: ResolvedMemory): void {
  if (tools === undefined || tools === false) return;
  const added = createMemoryTools(memory, tools === true ? {} : tools);
  const names = new Set(Object.keys(agent.toolCtx.functionTools));
  void agent.updateTools([...agent.toolCtx.tools, ...added.filter(({ name }) => !names.has(name))]);
}
