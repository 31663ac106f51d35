import { parseArgs } from "node:util";
import { goOffline } from "./offline.ts";
import { readSettings, type Settings } from "./settings.ts";
import { type ChatServer, startServer } from "./start-server.ts";

export interface Running {
  server: ChatServer;
  settings: Settings;
  close(): Promise<void>;
}

/** Starts the server by the environment and the command line (`--offline`), until SIGINT or SIGTERM. */
export async function run({ pageDir }: { pageDir?: string } = {}): Promise<Running> {
  const { values } = parseArgs({ options: { offline: { type: "boolean", default: false } } });
  const given = readSettings();
  if (!values.offline && given.OPENAI_API_KEY === "" && given.OPENAI_BASE_URL.includes("api.openai.com")) {
    console.error("OPENAI_API_KEY is not set. Set it in .env, or try the app without a key: npm start -- --offline");
    process.exit(1);
  }
  const offline = values.offline ? await goOffline(given) : undefined;
  const settings = offline?.settings ?? given;
  const server = await startServer({
    settings,
    offline: values.offline,
    ...(pageDir === undefined ? {} : { pageDir }),
  });
  if (values.offline) console.log("A stand-in answers in place of a model: it quotes, and understands nothing.");
  return {
    server,
    settings,
    async close() {
      await server.close();
      await offline?.llm.close();
    },
  };
}

/** Closes once at the first SIGINT or SIGTERM. */
export function closeOnSignal(close: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
}
