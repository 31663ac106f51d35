import type { voice } from "@livekit/agents";
import type { BriefOptions } from "@sotto/core";
import { CallIdentity } from "../call/call-identity.ts";
import { callMemory } from "../call/call-memory.ts";
import { type Memory, resolveMemory } from "../memory-options.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { inMemorySpan } from "../telemetry/memory-span.ts";
import { within } from "../within.ts";

export interface GreetingOptions<UserData = unknown>
  extends Pick<BriefOptions, "maxTurns" | "maxMemories" | "contextCharCap"> {
  /** Default: the call of the current job. */
  session?: voice.AgentSession<UserData>;
  /** The longest to wait, milliseconds. Default: `deadlineMs` of the memory. */
  deadlineMs?: number;
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
  const { session, deadlineMs, ...brief } = options;
  const resolved = resolveMemory(memory);
  const identity =
    session === undefined ? new CallIdentity(resolved, undefined) : callMemory(session, resolved).identity;
  const timeoutMs = deadlineMs ?? resolved.deadlineMs;
  const outcome = await within(timeoutMs, () =>
    inMemorySpan("search_memory", undefined, async (span) => {
      const [user, call] = await Promise.all([identity.speaker(), identity.id()]);
      if (user === undefined) return "";
      const found = await resolved.sotto.brief({ ...brief, user, session: call, timeoutMs });
      span.records(found.permanent.map(({ id, text }) => ({ id, content: text })));
      return found.contextText;
    }),
  );
  if (outcome.status === "done") return outcome.value;
  guardedLog("warn", "the greeting goes on without memory", {
    reason: outcome.status,
    ...(outcome.status === "failed" ? { error: errorText(outcome.error) } : {}),
  });
  return "";
}
