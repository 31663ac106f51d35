import { log } from "@livekit/agents";
import type { Room } from "@livekit/rtc-node";
import { MEMORY_TOPIC, type MemoryReport } from "./reports.ts";

/** Sends reports into the room; a report that cannot be sent is logged and does not disturb the call. */
export function reportSender(room: Room): (report: MemoryReport) => void {
  return (report) => {
    if (!room.isConnected) return;
    void room.localParticipant?.sendText(JSON.stringify(report), { topic: MEMORY_TOPIC }).catch((error: unknown) => {
      log().warn({ error: String(error) }, "a memory report could not be sent");
    });
  };
}
