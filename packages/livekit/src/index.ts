/**
 * Memory for LiveKit voice agents: recall before every answer, every spoken turn kept.
 *
 * @module
 * @example
 * ```ts
 * import { createSotto } from "@sotto/core";
 * import { MemoryAgent } from "@sotto/livekit";
 *
 * const sotto = createSotto();
 * const agent = new MemoryAgent({ instructions: "You are a helpful assistant.", memory: sotto });
 * await session.start({ agent, room: ctx.room });
 * ```
 */
export type { CallParticipant, CallRoom } from "./call/call-room.ts";
export { type LlmConsolidatorOptions, llmConsolidator } from "./consolidation/llm-consolidator.ts";
export { type GreetingOptions, greetingContext } from "./greeting/greeting-context.ts";
export { MemoryAgent, type MemoryAgentOptions } from "./memory-agent.ts";
export type { Inject, Memory, MemoryOptions, RecallEvent } from "./memory-options.ts";
export { type MemoryProcess, type PrewarmOptions, prewarmMemory, processMemory } from "./prewarm/prewarm-memory.ts";
export { type Recording, recordSession } from "./recording/record-session.ts";
export { createMemoryTools, type MemoryTool } from "./tools/create-memory-tools.ts";
export type { ForgetTool } from "./tools/forget-tool.ts";
export type { MemoryToolsOptions } from "./tools/memory-tools-options.ts";
export type { RememberTool } from "./tools/remember-tool.ts";
export type { SearchResult, SearchTool, ToolHit } from "./tools/search-tools.ts";
export { withMemory } from "./with-memory.ts";
