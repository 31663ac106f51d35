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
export type { CallParticipant, CallRoom, ParticipantKind } from "./call/call-room.ts";
export { type LlmConsolidatorOptions, llmConsolidator } from "./consolidation/llm-consolidator.ts";
export { type GreetingOptions, greetingContext, handoverBrief } from "./greeting/greeting-context.ts";
export { keyterms } from "./keyterms.ts";
export { MemoryAgent, type MemoryAgentOptions } from "./memory-agent.ts";
export type { Inject, Memory, MemoryOptions, RecallEvent } from "./memory-options.ts";
export { type MemoryProcess, type PrewarmOptions, prewarmMemory, processMemory } from "./prewarm/prewarm-memory.ts";
export { onSessionEnd } from "./recording/on-session-end.ts";
export { type Recording, recordSession } from "./recording/record-session.ts";
export { createMemoryTools, type MemoryTool } from "./tools/create-memory-tools.ts";
export type { MemoryToolsOptions } from "./tools/memory-tools-options.ts";
export { withMemory } from "./with-memory.ts";
