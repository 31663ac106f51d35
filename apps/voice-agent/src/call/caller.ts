import type { UserRef } from "@sotto/core";
import type { CallParticipant } from "@sotto/livekit";
import type { MemoryScope } from "@sotto/voice-server";

/**
 * Whose memory a participant opens. The token endpoint says it for the caller whom the job is for, who is the first in
 * the room; whoever joins later has the memory of their own identity.
 */
export function callerMemory(scope: MemoryScope | undefined): (participant: CallParticipant) => UserRef {
  let caller: string | undefined;
  return ({ identity, name }) => {
    caller ??= identity;
    const id = scope !== undefined && identity === caller ? scope.user : identity;
    return name ? { id, name } : id;
  };
}
