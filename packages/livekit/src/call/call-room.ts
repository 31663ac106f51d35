/** What a participant is: `sip` calls by telephone. */
export type ParticipantKind = "standard" | "ingress" | "egress" | "sip" | "agent" | "connector" | "unknown";

/** A participant of a room, as `@livekit/rtc-node` has it. */
export interface CallParticipant {
  identity: string;
  /** Set for `identify`. */
  kind?: ParticipantKind | number;
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

/** In the order of `ParticipantKind` in LiveKit's protocol. */
const KINDS: readonly ParticipantKind[] = ["standard", "ingress", "egress", "sip", "agent"];

export function kindOf({ info, kind }: CallParticipant): ParticipantKind {
  if (typeof kind === "string") return kind;
  const known = info?.kind ?? kind ?? 0;
  return KINDS[known] ?? (known === 7 ? "connector" : "unknown");
}

/** The callers in the room, in the order in which they came. */
export function callersIn(room: CallRoom): CallParticipant[] {
  return [...room.remoteParticipants.values()].filter(isCaller);
}

/** Waits for the first caller; undefined when the room is left, or waiting given up, first. */
export function nextCaller(room: CallRoom, givenUp: Promise<unknown>): Promise<CallParticipant | undefined> {
  return new Promise((resolve) => {
    void givenUp.then(() => finish(undefined));
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
