import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { TokenSource } from "livekit-client";
import { TokenVerifier } from "livekit-server-sdk";

// A real Next app (App Router, a route handler), built and started by Next; it imports the built package.
const app = fileURLToPath(new URL("./next-app", import.meta.url));
const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
const buildEnv = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NODE_OPTIONS: "" } as const;
const env = {
  ...buildEnv,
  LIVEKIT_URL: "ws://localhost:7880",
  LIVEKIT_API_KEY: "devkey",
  LIVEKIT_API_SECRET: "secret",
};

let started: ChildProcess;
let url: string;

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [next, "build"], { cwd: app, env: buildEnv });
  started = spawn(process.execPath, [next, "start", "--port", "0", "--hostname", "127.0.0.1"], {
    cwd: app,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (started.stdout === null) throw new Error("no stdout");
  for await (const line of createInterface(started.stdout)) {
    const match = /Local:\s+(http:\S+)/.exec(line);
    if (match === null) continue;
    url = `${match[1]}/getToken`;
    break;
  }
  started.stdout.resume();
}, 120_000);

afterAll(async () => {
  started.kill("SIGTERM");
  await once(started, "exit");
});

describe("mounted in Next", () => {
  it("serves LiveKit's own client", async () => {
    const source = TokenSource.endpoint(url, { headers: { Authorization: "Bearer ann" } });
    const { serverUrl, participantToken } = await source.fetch({ roomName: "call-7" });
    expect(serverUrl).toBe("ws://localhost:7880");
    const claims = await new TokenVerifier("devkey", "secret").verify(participantToken);
    expect(claims).toMatchObject({ sub: "ann", video: { room: "call-7" } });
  });

  it("turns callers away, and answers other methods", async () => {
    const refused = await fetch(url, { method: "POST" });
    expect([refused.status, (await refused.json()).error.code]).toEqual([401, "server.unauthorized"]);
    const forbidden = await fetch(url, {
      method: "POST",
      headers: { Authorization: "Bearer ann", "Content-Type": "application/json" },
      body: '{"participant_identity":"bob"}',
    });
    expect(forbidden.status).toBe(403);
    expect((await fetch(url, { method: "OPTIONS" })).status).toBe(204);
    expect((await fetch(url)).status).toBe(405);
  });
});
