import type { voice } from "@livekit/agents";
import type { BriefOptions } from "@sotto/core";
import { withDeadline } from "@sotto/core/adapter";
import { CallIdentity } from "../call/call-identity.ts";
import { callMemory } from "../call/call-memory.ts";
import { type Memory, resolveMemory } from "../memory-options.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { inMemorySpan } from "../telemetry/memory-span.ts";

export interface GreetingOptions<UserData = unknown>
  extends Pick<BriefOptions, "maxTurns" | "maxMemories" | "contextCharCap"> {
  /** Default: the call of the current job. */
  session?: voice.AgentSession<UserData>;
  /** The longest to wait, milliseconds. Default: that of the memory. */
  timeoutMs?: number;
}

/**
 * What an agent should know before it speaks: who calls, what was said last, the newest memories of earlier calls. Fenced
 * text for instructions or a message; "" when nothing is known, or memory is late or gone. Never rejects.
 *
 * @example
 * ```ts
 * const known = await greetingContext(sotto);
 * session.generateReply({ instructions: `Greet the caller by name if you know it.\n${known}` });
 * ```
 */
export async function greetingContext<UserData = unknown>(
  memory: Memory,
  options: GreetingOptions<UserData> = {},
): Promise<string> {
  const { session, timeoutMs: ownTimeoutMs, ...brief } = options;
  const resolved = resolveMemory(memory);
  const identity =
    session === undefined ? new CallIdentity(resolved, undefined) : callMemory(session, resolved).identity;
  const timeoutMs = ownTimeoutMs ?? resolved.timeoutMs;
  const ask = () =>
    inMemorySpan("search_memory", undefined, async (span) => {
      const [user, call] = await Promise.all([identity.speaker(), identity.id()]);
      if (user === undefined) return "";
      const found = await resolved.sotto.brief({ ...brief, user, session: call, timeoutMs });
      span.records(found.permanent.map(({ id, text }) => ({ id, content: text })));
      return found.contextText;
    });
  try {
    return await withDeadline(ask, { operation: "the greeting's memory", timeoutMs, clock: resolved.clock });
  } catch (error) {
    guardedLog("warn", "the greeting goes on without memory", { error: errorText(error) });
    return "";
  }
}

/**
 * What a person should know to whom a call is handed: who calls, what was said, what is known from earlier calls. Plain
 * text to be read out or shown; "" when nothing is known, or memory is late or gone. Never rejects.
 *
 * @example
 * ```ts
 * const brief = await handoverBrief(sotto, { session });
 * await notifyColleague(`A call is coming to you.\n${brief}`);
 * ```
 */
export async function handoverBrief<UserData = unknown>(
  memory: Memory,
  { maxTurns = 12, ...options }: GreetingOptions<UserData> = {},
): Promise<string> {
  const known = await greetingContext(memory, { ...options, maxTurns });
  // A person needs no fence around data.
  return known
    .split("\n")
    .filter((line, at) => at > 0 && !/^<\/?recalled-[\w-]+>$/u.test(line))
    .join("\n");
}
