import type { Lane, LaneTrace, Recall, RecallOptions, Sotto, UserRef } from "@sotto/core";
import { userIdOf } from "@sotto/core/adapter";

/** Lanes that are of the speaker, whoever the session belongs to. */
const OWN: readonly Lane[] = ["profile", "permanent"];

export interface CallScope {
  /** Whose words are being answered. */
  speaker: UserRef;
  /** Whom the session belongs to. */
  owner: UserRef;
  session: string;
}

/**
 * Recall in a call. In a room of several people the speaker need not own the session: then profile and earlier calls are
 * the speaker's, and what was said in this call is the session's.
 */
export async function searchForCall(
  sotto: Sotto,
  query: string,
  { speaker, owner, session }: CallScope,
  options: Omit<RecallOptions, "user" | "session">,
): Promise<Recall> {
  if (userIdOf(speaker) === userIdOf(owner)) return sotto.searchMemory(query, { ...options, user: speaker, session });
  const wanted = options.lanes ?? ["profile", "working", "permanent", "org"];
  const own = wanted.filter((lane) => OWN.includes(lane));
  const shared = wanted.filter((lane) => !OWN.includes(lane));
  if (shared.length === 0) return sotto.searchMemory(query, { ...options, lanes: own, user: speaker });
  if (own.length === 0) return sotto.searchMemory(query, { ...options, lanes: shared, user: owner, session });
  const [ofSpeaker, ofCall] = await Promise.all([
    sotto.searchMemory(query, { ...options, lanes: own, user: speaker }),
    sotto.searchMemory(query, { ...options, lanes: shared, user: owner, session }),
  ]);
  return {
    ...ofCall,
    contextText: [ofSpeaker.contextText, ofCall.contextText].filter((text) => text !== "").join("\n\n"),
    profile: ofSpeaker.profile,
    permanent: ofSpeaker.permanent,
    sources: [...ofSpeaker.sources, ...ofCall.sources],
    trace: {
      ...ofCall.trace,
      degraded: ofSpeaker.trace.degraded || ofCall.trace.degraded,
      tookMs: Math.max(ofSpeaker.trace.tookMs, ofCall.trace.tookMs),
      lanes: { ...ofCall.trace.lanes, ...lanesOf(ofSpeaker, OWN) },
    },
  };
}

function lanesOf({ trace }: Recall, lanes: readonly Lane[]): Partial<Record<Lane, LaneTrace>> {
  return Object.fromEntries(lanes.map((lane) => [lane, trace.lanes[lane]]));
}
