import { llm, type voice } from "@livekit/agents";
import { codeOf, type MemoryTool as KitTool, type MemoryToolCall, memoryToolSet, userIdOf } from "@sotto/core/adapter";
import { callMemory } from "../call/call-memory.ts";
import { type Memory, type ResolvedMemory, resolveMemory } from "../memory-options.ts";
import { type CallScope, searchForCall } from "../recall/search-for-call.ts";
import { guardedLog } from "../telemetry/guarded-log.ts";
import { describe, inMemorySpan } from "../telemetry/memory-span.ts";
import { type CallToolName, type MemoryToolsOptions, OPERATIONS } from "./memory-tools-options.ts";

export type MemoryTool = llm.FunctionTool<Record<string, string>, unknown, string>;

/**
 * Tools with which a model searches and keeps memory itself: `search_knowledge_base`, `search_conversation`, `remember`,
 * and `forget` if enabled. They work on the memory of the call that they run in; the model cannot name another user.
 * Everything that it reads of memory is fenced. What writes is not interrupted.
 *
 * @example
 * ```ts
 * const agent = new voice.Agent({ instructions, tools: createMemoryTools(sotto) });
 * ```
 */
export function createMemoryTools(memory: Memory, options: MemoryToolsOptions = {}): MemoryTool[] {
  const resolved = resolveMemory(memory);
  const { search_knowledge_base = true, search_conversation = true, remember = true, forget = false, ...kit } = options;
  const wanted = { search_knowledge_base, search_conversation, remember, forget };
  const { topK = 5, orgIndexes = resolved.orgIndexes, minScore = resolved.minScore, filter = resolved.filter } = kit;
  const write = [...(remember ? (["remember"] as const) : []), ...(forget ? (["forget"] as const) : [])];
  const setting = { ...kit, topK, orgIndexes, minScore, filter, clock: resolved.clock, write };
  const set = memoryToolSet(
    resolved.sotto,
    Object.fromEntries(Object.entries(setting).filter(([, v]) => v !== undefined)),
  );
  return Object.entries(wanted).flatMap(([name, isWanted]) => {
    const tool: KitTool | undefined = set[name as CallToolName];
    return isWanted && tool !== undefined ? [callTool(resolved, tool, name as CallToolName)] : [];
  });
}

function callTool(memory: ResolvedMemory, tool: KitTool, name: CallToolName): MemoryTool {
  return llm.tool({
    name,
    description: tool.description,
    parameters: tool.parameters as never,
    execute: async (args: Record<string, string>, { ctx }: { ctx: voice.RunContext }) => {
      // What is half done cannot be taken back.
      if (tool.writes) ctx.disallowInterruptions();
      const query = typeof args.query === "string" ? args.query : undefined;
      try {
        return await inMemorySpan(OPERATIONS[name], query, async (span) => {
          const call = await callMemory(ctx.session, memory).identity.scope();
          if (call === undefined) throw new Error("nobody knows who calls");
          const { text, value, recall } = await tool.run(args, toolCall(memory, ctx, call));
          if (recall === undefined)
            span.records([{ id: (value as { id?: string }).id ?? String(args.memoryId ?? "") }]);
          else describe(span, recall);
          return text;
        });
      } catch (error) {
        guardedLog("warn", "a memory tool failed", { tool: name, error: codeOf(error) });
        throw new llm.ToolError("Memory cannot be reached right now. Go on without it.");
      }
    },
  }) as unknown as MemoryTool;
}

/** Whose memory a tool works on: that of the call which it runs in. */
function toolCall(memory: ResolvedMemory, ctx: voice.RunContext, call: CallScope): MemoryToolCall {
  const { speaker: user, session } = call;
  const turn = ctx.session.history.items.findLast((item) => item.type === "message" && item.role === "user");
  return {
    scope: { user, session },
    search: (query, options) => searchForCall(memory.sotto, query, call, options),
    provenance: {
      sessionId: session,
      turnIds: turn === undefined ? [] : [turn.id],
      speaker: userIdOf(user),
      at: turn?.createdAt ?? Date.now(),
    },
  };
}
