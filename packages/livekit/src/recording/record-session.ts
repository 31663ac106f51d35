import type { voice } from "@livekit/agents";
import { callMemory } from "../call/call-memory.ts";
import type { Memory } from "../memory-options.ts";

/** A session that is being recorded. */
export interface Recording {
  /** Resolves when every turn so far is on disk. */
  flush(): Promise<void>;
  /** Flushes and turns the session into permanent memory. Called when the session closes; idempotent. Never rejects. */
  end(): Promise<void>;
}

/**
 * Records what is spoken in a session, both sides, turn by turn as it comes, whichever agents it is handed to. Attached
 * once: calling it again, or entering a `MemoryAgent`, changes nothing.
 *
 * @example
 * ```ts
 * const session = new voice.AgentSession({ stt, llm, tts });
 * recordSession(session, sotto);
 * await session.start({ agent, room: ctx.room });
 * ```
 */
export function recordSession<UserData>(session: voice.AgentSession<UserData>, memory: Memory): Recording {
  const recorder = callMemory(session, memory).record();
  return { flush: () => recorder.flush(), end: () => recorder.end() };
}
