import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OfflineLlm, startOfflineLlm } from "@sotto-internal/offline-llm";
import { readSettings } from "../src/server/settings.ts";
import { type ChatServer, startServer } from "../src/server/start-server.ts";

export interface TestServer {
  readonly url: string;
  readonly llm: OfflineLlm;
  /** Stops the server and starts it again on the same store. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The real server on a store of its own, with the stand-in as its model. */
export async function startTestServer({
  env = {},
  pageDir,
}: {
  env?: Record<string, string>;
  pageDir?: string;
} = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-chat-"));
  const llm = await startOfflineLlm();
  const settings = readSettings({
    OPENAI_BASE_URL: llm.baseURL,
    OPENAI_API_KEY: "offline",
    CHAT_MODEL: "offline",
    SOTTO_STORE: folder,
    PORT: "0",
    ...env,
  });
  const start = (): Promise<ChatServer> =>
    startServer({ settings, offline: true, ...(pageDir === undefined ? {} : { pageDir }) });
  let server = await start();
  return {
    get url() {
      return server.url;
    },
    llm,
    async restart() {
      await server.close();
      server = await start();
    },
    async close() {
      await server.close();
      await llm.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
