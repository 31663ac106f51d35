// Everything but the LiveKit server, on this machine: indexes the knowledge base, builds the page, starts the worker and
// the web server. --offline also starts the stand-in that takes the place of OpenAI: no key, no network.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startOfflineLlm } from "@sotto-internal/offline-llm";
import { build } from "vite";
import { indexKnowledge } from "./index-knowledge.ts";
import { APP_DIR, readSettings } from "./settings.ts";
import { startWebServer } from "./web-server.ts";

/** The worker and its calls have so long to end. */
const END_MS = 10_000;

const { values } = parseArgs({ options: { offline: { type: "boolean", default: false } } });

if (values.offline) {
  const offline = await startOfflineLlm({ port: readSettings().OFFLINE_LLM_PORT });
  Object.assign(process.env, {
    OPENAI_BASE_URL: offline.baseURL,
    OPENAI_API_KEY: "offline",
    VOICE_ACTIVITY: "level",
  });
  console.log(`A stand-in for OpenAI, which quotes and understands nothing, is at ${offline.baseURL}`);
}
const settings = readSettings();
if (settings.OPENAI_API_KEY === "") {
  fail("OPENAI_API_KEY is not set. Set it in .env, or try the app without a key: npm run dev:offline");
}
await fetch(settings.LIVEKIT_URL.replace(/^ws/, "http")).catch(() =>
  fail(`No LiveKit server answers at ${settings.LIVEKIT_URL}. Start one: livekit-server --dev`),
);

const { docCount, chunkCount } = await indexKnowledge(settings);
console.log(`Indexed ${docCount} documents (${chunkCount} sections).`);
await build({ root: APP_DIR, configFile: join(APP_DIR, "vite.config.ts"), logLevel: "warn" });

const web = await startWebServer(settings);
const worker = spawn(process.execPath, [join(APP_DIR, "src", "worker.ts"), "start"], {
  stdio: ["ignore", "inherit", "inherit"],
  // Ctrl-C goes to every process of a terminal's group; a worker that is told twice leaves its calls without an end.
  detached: true,
  env: { ...process.env, WORKER_DRAIN_SECONDS: "1" },
});
console.log(`Open ${web.url} and call.`);

let told = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (told) return;
    told = true;
    worker.kill("SIGTERM");
    // A process that is starting does not hear that it should end.
    setTimeout(() => process.kill(-(worker.pid as number), "SIGKILL"), END_MS).unref();
  });
}
const [code] = (await once(worker, "exit")) as [number | null];
await web.close();
process.exit(told ? 0 : (code ?? 1));

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
