/** A participant of a room, as `@livekit/rtc-node` has it. */
export interface CallParticipant {
  identity: string;
  name?: string | undefined;
  metadata?: string | undefined;
  attributes?: Record<string, string> | undefined;
  info?: { kind?: number | undefined } | undefined;
}

/** A room, as `@livekit/rtc-node` has it. */
export interface CallRoom {
  name?: string | undefined;
  getSid?(): Promise<string>;
  remoteParticipants: ReadonlyMap<string, CallParticipant>;
  on(event: "participantConnected", listener: (participant: CallParticipant) => void): unknown;
  on(event: "disconnected", listener: () => void): unknown;
  off(event: "participantConnected", listener: (participant: CallParticipant) => void): unknown;
  off(event: "disconnected", listener: () => void): unknown;
}

/** Ingress, egress and agents: `ParticipantKind` of LiveKit's protocol. */
const NOT_CALLERS: ReadonlySet<number> = new Set([1, 2, 4]);

/** The first caller in the room. */
export function callerIn(room: CallRoom): CallParticipant | undefined {
  for (const participant of room.remoteParticipants.values()) if (isCaller(participant)) return participant;
  return undefined;
}

/** Waits for the first caller; undefined when the room is left first. */
export function nextCaller(room: CallRoom): Promise<CallParticipant | undefined> {
  return new Promise((resolve) => {
    const finish = (participant: CallParticipant | undefined) => {
      room.off("participantConnected", connected);
      room.off("disconnected", disconnected);
      resolve(participant);
    };
    const connected = (participant: CallParticipant) => {
      if (isCaller(participant)) finish(participant);
    };
    const disconnected = () => finish(undefined);
    room.on("participantConnected", connected);
    room.on("disconnected", disconnected);
  });
}

function isCaller({ info }: CallParticipant): boolean {
  return info?.kind === undefined || !NOT_CALLERS.has(info.kind);
}
