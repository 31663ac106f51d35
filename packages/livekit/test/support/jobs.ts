import { type JobContext, type JobProcess, JobContext as LiveKitJobContext } from "@livekit/agents";
import type { TestRoom } from "./rooms.ts";

type Arguments = ConstructorParameters<typeof LiveKitJobContext>;

/** LiveKit's own JobContext around a test room. */
export function jobIn(room: TestRoom, { sid = "RM_job" }: { sid?: string } = {}): JobContext {
  const info = {
    acceptArguments: { name: "", identity: "agent", metadata: "" },
    job: { id: "job-1", room: { name: room.name, sid }, attributes: {} },
    url: "ws://localhost:7880",
    token: "",
    workerId: "worker",
  };
  const nothing = () => {};
  return new LiveKitJobContext(
    { userData: {}, pid: 1 } as JobProcess,
    info as unknown as Arguments[1],
    room as unknown as Arguments[2],
    nothing,
    nothing,
    {} as Arguments[5],
  );
}
