import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { llmConsolidator } from "@sotto/ai-sdk";
import { connectSotto } from "@sotto/client";
import { createSotto, turnConsolidator } from "@sotto/core";
import { embedderByName } from "@sotto/core/node";
import { createApp } from "./app.ts";
import { Answerer } from "./chat/answerer.ts";
import { chatModel } from "./chat/model.ts";
import { Conversations } from "./conversations/conversations.ts";
import { EXTENSIONS } from "./documents/file-name.ts";
import { Library } from "./documents/library.ts";
import { sessionSecret } from "./identity/session-secret.ts";
import { UserCookie } from "./identity/user-cookie.ts";
import { MemoryBook } from "./memory/memory-book.ts";
import type { Settings } from "./settings.ts";

/** How long answers under way may go on when the server is closed. */
const CLOSE_GRACE_MS = 2_000;

export interface StartOptions {
  settings: Settings;
  /** Whether the model is the stand-in. */
  offline?: boolean;
  /** Folder of the built page; none for the API alone. */
  pageDir?: string;
}

export interface ChatServer {
  readonly url: string;
  /** Lets answers under way finish for two seconds, ends conversations, and closes the store. */
  close(): Promise<void>;
}

/** Starts the chat's server. @throws the system's error when the port is taken */
export async function startServer({ settings, offline = false, pageDir }: StartOptions): Promise<ChatServer> {
  const model = chatModel(settings);
  const sotto =
    settings.SOTTO_URL === ""
      ? createSotto({
          storage: settings.SOTTO_STORE,
          embedder: await embedderByName(settings.SOTTO_EMBEDDER),
          consolidator: settings.CONSOLIDATOR === "llm" ? llmConsolidator(model) : turnConsolidator(),
        })
      : connectSotto({
          url: settings.SOTTO_URL,
          ...(settings.SOTTO_PROJECT_KEY === "" ? {} : { key: settings.SOTTO_PROJECT_KEY }),
        });
  const library = new Library(sotto, { mostDocuments: settings.DOCUMENTS_PER_USER });
  const conversations = new Conversations(sotto);
  const app = createApp({
    me: {
      model: offline ? "offline stand-in" : settings.CHAT_MODEL,
      offline,
      extensions: EXTENSIONS,
      maxUploadBytes: settings.UPLOAD_MAX_MB * 1_000_000,
    },
    cookie: new UserCookie(await sessionSecret(settings)),
    answerer: new Answerer({ sotto, model, library, conversations, historyMessages: settings.HISTORY_MESSAGES }),
    conversations,
    library,
    book: new MemoryBook(sotto),
    ...(pageDir === undefined ? {} : { pageDir }),
  });

  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(settings.PORT, settings.HOST);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    const cut = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), CLOSE_GRACE_MS);
    await closed;
    clearTimeout(cut);
    await conversations.close();
    await sotto.close();
  }

  let closing: Promise<void> | undefined;
  return {
    url: `http://${settings.HOST.includes(":") ? `[${settings.HOST}]` : settings.HOST}:${port}`,
    close: () => (closing ??= close()),
  };
}
