import { EventEmitter } from "node:events";
import type { CallParticipant } from "../../src/index.ts";

/** The part of a room that memory looks at. */
export class TestRoom extends EventEmitter {
  readonly name = "support";
  readonly remoteParticipants = new Map<string, CallParticipant>();
  sid: string | undefined = "RM_1";

  async getSid(): Promise<string> {
    return this.sid ?? "";
  }

  join(participant: CallParticipant): void {
    this.remoteParticipants.set(participant.identity, participant);
    this.emit("participantConnected", participant);
  }

  leave(identity: string): void {
    this.remoteParticipants.delete(identity);
  }
}
