import { ParticipantKind, type RemoteParticipant, type Room } from "@livekit/rtc-node";
import { callersIn, kindOf } from "../src/call/call-room.ts";
import type { CallParticipant, CallRoom } from "../src/index.ts";

// The compiler checks these: what memory asks of a room is what LiveKit's have.
export const room = (of: Room): CallRoom => of;
export const participant = (of: RemoteParticipant): CallParticipant => of;

describe("LiveKit's kinds of participants", () => {
  it.each([
    [ParticipantKind.STANDARD, true],
    [ParticipantKind.SIP, true],
    [ParticipantKind.AGENT, false],
    [ParticipantKind.EGRESS, false],
    [ParticipantKind.INGRESS, false],
  ])("%d calls: %s", (kind, calls) => {
    const only = { identity: "x", info: { kind } };
    const found = callersIn({ remoteParticipants: new Map([["x", only]]), on: () => {}, off: () => {} });
    expect(found).toEqual(calls ? [only] : []);
  });

  it("have the names that identify is given", () => {
    const named = [ParticipantKind.STANDARD, ParticipantKind.SIP, ParticipantKind.AGENT, ParticipantKind.EGRESS];
    expect(named.map((kind) => kindOf({ identity: "x", info: { kind } }))).toEqual([
      "standard",
      "sip",
      "agent",
      "egress",
    ]);
  });
});
