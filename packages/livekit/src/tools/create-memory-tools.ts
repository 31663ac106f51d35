import { type Memory, resolveMemory } from "../memory-options.ts";
import { type ForgetTool, forget } from "./forget-tool.ts";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";
import { type RememberTool, remember } from "./remember-tool.ts";
import type { ToolSetting } from "./run-memory-tool.ts";
import { type SearchTool, searchConversation, searchKnowledgeBase } from "./search-tools.ts";

export type MemoryTool = SearchTool | RememberTool | ForgetTool;

/**
 * Tools with which a model searches and keeps memory itself: `search_knowledge_base`, `search_conversation`, `remember`,
 * and `forget` if enabled. They work on the memory of the call that they run in; the model cannot name another user.
 *
 * @example
 * ```ts
 * const agent = new voice.Agent({ instructions, tools: createMemoryTools(sotto) });
 * ```
 */
export function createMemoryTools(memory: Memory, options: MemoryToolsOptions = {}): MemoryTool[] {
  const { topK = 5, timeoutMs = 2_000 } = options;
  const setting: ToolSetting = { memory: resolveMemory(memory), topK, timeoutMs };
  const canForget = options.forget === true;
  const tools: MemoryTool[] = [];
  if (options.search_knowledge_base !== false) tools.push(searchKnowledgeBase(setting));
  if (options.search_conversation !== false) tools.push(searchConversation(setting, { ids: canForget }));
  if (options.remember !== false) tools.push(remember(setting));
  if (canForget) tools.push(forget(setting));
  return tools;
}
