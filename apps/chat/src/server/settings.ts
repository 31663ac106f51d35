import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadEnvFile } from "node:process";
import { EMBEDDER_NAMES } from "@sotto/core/node";
import { z } from "zod";

/** The folder of this app; relative paths in the environment start here. */
export const APP_DIR = resolve(import.meta.dirname, "../..");

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

/** Every variable of the environment that the app reads, with its default. */
const environmentSchema = z.object({
  /** Any server that speaks OpenAI's protocol. */
  OPENAI_BASE_URL: z.string().default("https://api.openai.com/v1"),
  OPENAI_API_KEY: z.string().default(""),
  CHAT_MODEL: z.string().default("gpt-4.1-mini"),

  /** Folder of the store: documents, conversations and memory. */
  SOTTO_STORE: z
    .string()
    .default(".sotto")
    .transform((value) => resolve(APP_DIR, value)),
  /** Of a Sotto server that keeps the memory instead, and its key; the store, the embedder and the consolidator are its then. */
  SOTTO_URL: z.string().default(""),
  SOTTO_PROJECT_KEY: z.string().default(""),
  /** What makes the vectors of documents and memory: English, better English, or sixteen languages. */
  SOTTO_EMBEDDER: z.enum(EMBEDDER_NAMES).default("static"),
  /** `episodes` keeps what was said, verbatim; `llm` lets the model make facts and a profile of it. */
  CONSOLIDATOR: z.enum(["episodes", "llm"]).default("episodes"),
  /** Messages of a conversation that the model is sent as they are; older ones come back by recall. */
  HISTORY_MESSAGES: z.coerce.number().int().min(1).max(1_000).default(20),

  HOST: z.string().default("127.0.0.1"),
  PORT: port(3000),
  /** Port of the page under `npm run dev`. */
  VITE_PORT: port(5173),
  /** Signs the cookie by which a user is known again. Default: made once, kept beside the store. */
  SESSION_SECRET: z.string().default(""),
  /** Largest file that can be uploaded, in megabytes. */
  UPLOAD_MAX_MB: z.coerce.number().min(0.01).max(1_000).default(20),
  /** Most documents of one user. */
  DOCUMENTS_PER_USER: z.coerce.number().int().min(1).max(10_000).default(200),
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
