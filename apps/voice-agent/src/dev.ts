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

const { values } = parseArgs({ options: { offline: { type: "boolean", default: false } } });

if (values.offline) {
  const offline = await startOfflineLlm({ port: readSettings().OFFLINE_LLM_PORT });
  Object.assign(process.env, {
    OPENAI_BASE_URL: offline.baseURL,
    OPENAI_API_KEY: "offline",
    VOICE_ACTIVITY: "level",
    // The stand-in cannot make facts of a call.
    CONSOLIDATOR: "episodes",
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

const worker = spawn(process.execPath, [join(APP_DIR, "src", "worker.ts"), "start"], { stdio: "inherit" });
const web = await startWebServer(settings);
console.log(`Open ${web.url} and call.`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => worker.kill(signal));
const [code] = (await once(worker, "exit")) as [number | null];
await web.close();
process.exit(code ?? 0);

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
