// The worker: registers at the LiveKit server and takes calls, each in a process of its own.
//   node src/worker.ts start
import { join } from "node:path";
import { cli, ServerOptions } from "@livekit/agents";
import { readSettings } from "./settings.ts";

/** From this load on, of 0 to 1, a LiveKit server calls a worker no more (its `target_load`). */
const FULL = 0.7;

const settings = readSettings();
cli.runApp(
  new ServerOptions({
    agent: join(import.meta.dirname, "agent.ts"),
    agentName: settings.LIVEKIT_AGENT_NAME,
    wsURL: settings.LIVEKIT_URL,
    apiKey: settings.LIVEKIT_API_KEY,
    apiSecret: settings.LIVEKIT_API_SECRET,
    host: settings.WORKER_HOST,
    port: settings.WORKER_PORT,
    numIdleProcesses: settings.WORKER_IDLE_PROCESSES,
    // LiveKit's own measure is the processor load of the whole machine: a laptop that builds something takes no call.
    loadFunc: async ({ activeJobs }) => (FULL * activeJobs.length) / settings.WORKER_MAX_CALLS,
    loadThreshold: FULL,
    drainTimeout: settings.WORKER_DRAIN_SECONDS * 1000,
    // A large knowledge base takes longer than LiveKit's 10 s on a small machine.
    initializeProcessTimeout: 60_000,
  }),
);
