import { voice } from "@livekit/agents";
import type { Sotto, Turn } from "@sotto/core";

/** A session without audio. */
export function textSession(options: voice.AgentSessionOptions): voice.AgentSession {
  return new voice.AgentSession({
    vad: null,
    ...options,
    turnHandling: { turnDetection: "manual", ...options.turnHandling },
  });
}

/** What core holds of a call. */
export async function turnsOf(sotto: Sotto, id: string): Promise<Turn[]> {
  const session = await sotto.session(id);
  const turns = await session.turns();
  await session.close({ end: false });
  return turns;
}

/** `role: text` of each turn. */
export async function transcriptOf(sotto: Sotto, id: string): Promise<string[]> {
  return (await turnsOf(sotto, id)).map(
    ({ role, text, interrupted }) => `${role}: ${text}${interrupted ? " (interrupted)" : ""}`,
  );
}
