import { APP_DIR } from "../../src/settings.ts";
import { Child } from "./child.ts";
import { freePorts } from "./ports.ts";

export interface RunningApp {
  url: string;
  /** The stand-in's OpenAI endpoint. */
  openaiURL: string;
  /** Lines of every process. */
  lines: Child["lines"];
  store: string;
  /** Process id of the job that has the call in this room. */
  jobOf(roomSid: string): Promise<number>;
  stop(): Promise<void>;
}

/** Runs one of the README's commands for the whole app, on free ports and with a store of its own. */
export async function startApp(command: string, liveKitURL: string, store: string): Promise<RunningApp> {
  const [port, workerPort, offlinePort] = (await freePorts(3)).map(String);
  const env = {
    ...process.env,
    LIVEKIT_URL: liveKitURL,
    LIVEKIT_API_KEY: "devkey",
    LIVEKIT_API_SECRET: "secret",
    SOTTO_STORE: store,
    PORT: port,
    WORKER_PORT: workerPort,
    OFFLINE_LLM_PORT: offlinePort,
  };
  const app = new Child("bash", ["-c", command], { cwd: APP_DIR, env });
  try {
    await app.says("and call.", 120_000);
    await app.says("registered worker");
  } catch (error) {
    await app.stop();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    openaiURL: `http://127.0.0.1:${offlinePort}/v1`,
    lines: app.lines,
    store,
    jobOf: async (roomSid) => {
      const inJob = new RegExp(`"pid":(\\d+),"jobID":"[^"]+","room_id":"${roomSid}"`);
      const line = await app.lines.first(`line of the job in room ${roomSid}`, (said) => inJob.test(said));
      return Number(inJob.exec(line)?.[1]);
    },
    stop: () => app.stop(),
  };
}
