import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadEnvFile } from "node:process";
import { EMBEDDER_NAMES } from "@sotto/core/node";
import { z } from "zod";

/** The folder of this app; relative paths in the environment start here. */
export const APP_DIR = resolve(import.meta.dirname, "..");

const path = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((value) => resolve(APP_DIR, value));
const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);

/** Every variable of the environment that the app reads, with its default. */
export const environmentSchema = z.object({
  /** The LiveKit server; the defaults are those of `livekit-server --dev`. */
  LIVEKIT_URL: z.string().default("ws://localhost:7880"),
  LIVEKIT_API_KEY: z.string().default("devkey"),
  LIVEKIT_API_SECRET: z.string().default("secret"),
  /** Tokens call this agent into the room; the worker answers to it. */
  LIVEKIT_AGENT_NAME: z.string().default("larkfield"),

  /** Any server that speaks OpenAI's protocol. */
  OPENAI_BASE_URL: z.string().default("https://api.openai.com/v1"),
  OPENAI_API_KEY: z.string().default(""),
  LLM_MODEL: z.string().default("gpt-4.1-mini"),
  STT_MODEL: z.string().default("gpt-4o-mini-transcribe"),
  STT_LANGUAGE: z.string().default("en"),
  TTS_MODEL: z.string().default("gpt-4o-mini-tts"),
  TTS_VOICE: z.string().default("ash"),

  /** `silero` hears speech; `level` hears any sound, such as the tones of the offline stand-in. */
  VOICE_ACTIVITY: z.enum(["silero", "level"]).default("silero"),

  /** Folder of the store: the knowledge base and every caller's memory. */
  SOTTO_STORE: path(".sotto"),
  /** Of a Sotto server that keeps the memory instead, and its key; the store, the embedder and the consolidator are its then. */
  SOTTO_URL: z.string().default(""),
  SOTTO_PROJECT_KEY: z.string().default(""),
  /** Markdown files that `npm run index` reads. */
  KNOWLEDGE_DIR: path("../quickstart/knowledge"),
  /** What makes the vectors of knowledge and memory: English, better English, or sixteen languages. */
  SOTTO_EMBEDDER: z.enum(EMBEDDER_NAMES).default("static"),
  /** `episodes` keeps what was said, verbatim; `llm` also lets the model make facts and a profile of it. */
  CONSOLIDATOR: z.enum(["episodes", "llm"]).default("episodes"),

  /** Processes that wait for a call, each with the knowledge base in memory. */
  WORKER_IDLE_PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
  /** Calls that the worker takes at once. */
  WORKER_MAX_CALLS: z.coerce.number().int().min(1).default(10),
  /** How long calls may go on when the worker is told to end. */
  WORKER_DRAIN_SECONDS: z.coerce.number().int().min(1).max(86_400).default(3600),
  /** Where the worker answers health checks. */
  WORKER_HOST: z.string().default("127.0.0.1"),
  WORKER_PORT: port(8081),

  /** The web page and the token endpoint. */
  WEB_HOST: z.string().default("127.0.0.1"),
  PORT: port(3000),
  /** Signs the cookie by which a caller is known again. Default: made once, kept beside the store. */
  SESSION_SECRET: z.string().default(""),

  /** Port of the stand-in that `npm run dev:offline` starts. */
  OFFLINE_LLM_PORT: port(4010),
});

export type Settings = z.infer<typeof environmentSchema>;

/** Reads `.env` (what is set already wins) and the environment. @throws Error that names each variable that is wrong */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const file = join(APP_DIR, ".env");
  if (env === process.env && existsSync(file)) loadEnvFile(file);
  // A variable that is set to nothing counts as not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: [name], message }) => `${String(name)}: ${message}`);
  throw new Error(`The environment is not right. ${problems.join(". ")}`);
}
