import { voice } from "@livekit/agents";
import { greetingContext } from "./greeting/greeting-context.ts";
import type { Memory } from "./memory-options.ts";
import { withMemory } from "./with-memory.ts";

export interface MemoryAgentOptions<UserData> extends voice.AgentOptions<UserData> {
  memory: Memory;
}

/**
 * A `voice.Agent` with memory. Subclasses override its hooks as they would those of `voice.Agent`, with or without
 * calling `super`. (A hook that is a class field, not a method, replaces that of memory; use `withMemory` there.)
 *
 * @example
 * ```ts
 * const agent = new MemoryAgent({ instructions: "You are a helpful assistant.", memory: sotto });
 * await session.start({ agent, room: ctx.room });
 * ```
 */
/** What `voice.Agent` takes for the data of a session where nothing is said about it. */
type AnyUserData = voice.Agent extends voice.Agent<infer UserData> ? UserData : unknown;

export class MemoryAgent<UserData = AnyUserData> extends voice.Agent<UserData> {
  readonly memory: Memory;

  constructor({ memory, ...options }: MemoryAgentOptions<UserData>) {
    super(options);
    this.memory = memory;
    withMemory(this, memory);
  }

  /** What is known before the first word: see `greetingContext`. For `onEnter`. */
  greetingContext(): Promise<string> {
    return greetingContext(this.memory, { session: this.session });
  }
}
