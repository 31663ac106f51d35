import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app.ts";
import type { ServerState } from "./http/context.ts";
import type { OfflineLlmOptions, Responder } from "./options.ts";
import type { RecordedRequest } from "./recorded-request.ts";

/** How long `close()` lets answers under way finish before it cuts them off. */
const CLOSE_GRACE_MS = 1000;

export interface OfflineLlm {
  /** For example `http://127.0.0.1:4010`. */
  readonly url: string;
  /** What an OpenAI client takes as its base URL: `url` + `/v1`. */
  readonly baseURL: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Replaces chat replies by `responder`'s; undefined goes back to the server's own. */
  respondWith(responder: Responder | undefined): void;
  /** Takes no more requests, lets answers under way finish for one second, and resolves when the port is free. */
  close(): Promise<void>;
}

/**
 * Starts an OpenAI-compatible server that needs no key, no network and no model. It is a stand-in: it answers by rule,
 * quoting its context, and understands nothing.
 *
 * @throws the system's error when the port is taken
 */
export async function startOfflineLlm(options: OfflineLlmOptions = {}): Promise<OfflineLlm> {
  const state: ServerState = {
    options: {
      port: options.port ?? 0,
      host: options.host ?? "127.0.0.1",
      apiKey: options.apiKey,
      firstTokenDelayMs: options.firstTokenDelayMs ?? 0,
      tokenDelayMs: options.tokenDelayMs ?? 0,
      fallbackTranscript: options.fallbackTranscript ?? "What can you do for me?",
      now: options.now ?? Date.now,
    },
    requests: [],
    responder: undefined,
    closing: new AbortController(),
  };
  const server = createAdaptorServer({ fetch: createApp(state).fetch });
  server.listen(state.options.port, state.options.host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const host = state.options.host.includes(":") ? `[${state.options.host}]` : state.options.host;
  const url = `http://${host}:${port}`;
  let closed: Promise<void> | undefined;

  async function close(): Promise<void> {
    const done = once(server, "close");
    server.close();
    if ("closeIdleConnections" in server) server.closeIdleConnections();
    const cut = setTimeout(() => {
      state.closing.abort(new Error("The server was closed."));
      if ("closeAllConnections" in server) server.closeAllConnections();
    }, CLOSE_GRACE_MS);
    await done;
    clearTimeout(cut);
  }

  return {
    url,
    baseURL: `${url}/v1`,
    requests: state.requests,
    respondWith: (responder) => {
      state.responder = responder;
    },
    close: () => (closed ??= close()),
  };
}
