import { connectSotto } from "@sotto/client";
import { createSotto, type Logger, memoryStorage, type Sotto } from "@sotto/core";
import { createServer, type ServerOptions } from "../../src/index.ts";

export interface Served {
  url: string;
  /** What lies in the server, beside the wire. */
  inner: Sotto;
  logged: string[];
  close(): Promise<void>;
}

/** A server that listens on a free port of this machine, over an empty store in memory. */
export async function serve(options: ServerOptions = {}): Promise<Served> {
  const logged: string[] = [];
  const log = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const logger: Logger = { warn: log, error: log };
  const inner = createSotto({ storage: memoryStorage(), logger });
  const server = createServer({ sotto: inner, logger, ...options });
  const { url } = await server.listen({ port: 0 });
  return {
    url,
    inner,
    logged,
    async close() {
      await server.close();
      await inner.close();
    },
  };
}

export interface Held {
  sotto: Sotto;
  close(): Promise<void>;
}

async function inProcess(): Promise<Held> {
  const sotto = createSotto({ storage: memoryStorage(), logger: { warn() {}, error() {} } });
  return { sotto, close: () => sotto.close() };
}

async function overHttp(): Promise<Held> {
  const served = await serve();
  const sotto = connectSotto({ url: served.url, recallTimeoutMs: 5_000 });
  return {
    sotto,
    async close() {
      await sotto.close();
      await served.close();
    },
  };
}

/** The ways to the same interface. */
export const WAYS: readonly (readonly [string, () => Promise<Held>])[] = [
  ["createSotto", inProcess],
  ["connectSotto", overHttp],
];

export function post(url: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
