import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { createSotto, InvalidArgumentError, type Logger, type Sotto, SottoError, type SottoOptions } from "@sotto/core";
import { consoleLogger } from "@sotto/core/adapter";
import type { Hono } from "hono";
import { createApp } from "./create-app.ts";
import { Access, isLoopback } from "./http/index.ts";
import { KeyRing, type ServerKey } from "./keys/index.ts";
import { Runtime } from "./runtime/index.ts";

export interface ServerOptions {
  /** What is served. It is not closed with the server. Default: one of the options below, closed with it. */
  sotto?: Sotto;
  /** A store, or the folder of a SQLite store. Default `.sotto`. */
  storage?: SottoOptions["storage"];
  /** The one project that is served. Default: `SOTTO_PROJECT_ID`, else `default`. */
  project?: string;
  /** Without any, the server listens on loopback only, and takes whoever calls from this machine. */
  keys?: readonly ServerKey[];
  /** Web pages that may call, for example `https://app.example.com`. Default: none. */
  origins?: readonly string[];
  /** The most that `close` waits for requests under way, in milliseconds. Default 10,000. */
  drainMs?: number;
  logger?: Logger;
}

export interface ListenOptions {
  /** 0 takes a free one. Default 7888. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
}

export interface SottoServer {
  /** For a server of your own: `app.fetch`. Nothing but its keys guards it then. */
  app: Hono;
  /** Answers where it listens. Rejects with `server.keys_required` for another host than loopback without keys. */
  listen(options?: ListenOptions): Promise<{ url: string; port: number; host: string }>;
  /** Takes no more requests, waits for those under way, and closes what it opened. */
  close(): Promise<void>;
}

const KNOWN = ["sotto", "storage", "project", "keys", "origins", "drainMs", "logger"];

/**
 * A project's indexes and memory over HTTP. Nothing is opened before the first call.
 *
 * @throws `argument.invalid` for an option that cannot be.
 */
export function createServer(options: ServerOptions = {}): SottoServer {
  for (const name of Object.keys(options)) {
    if (!KNOWN.includes(name))
      throw new InvalidArgumentError(name, `createServer has no such option; it has ${KNOWN.join(", ")}`);
  }
  const { storage, project, origins = [], drainMs = 10_000, logger = consoleLogger } = options;
  const keys = new KeyRing(options.keys ?? []);
  const sotto =
    options.sotto ??
    createSotto({
      logger,
      ...(storage === undefined ? {} : { storage }),
      ...(project === undefined ? {} : { project }),
    });
  const runtime = new Runtime(sotto);
  const access = new Access({ keys, project: sotto.project, origins });
  let draining = false;
  let server: ServerType | undefined;
  const app = createApp({ sotto, runtime, access, logger, draining: () => draining });

  const closeAll = async () => {
    draining = true;
    if (server !== undefined) await drain(server, drainMs);
    await runtime.close();
    if (options.sotto === undefined) await sotto.close();
  };
  let closing: Promise<void> | undefined;

  return {
    app,
    async listen({ port = 7888, host = "127.0.0.1" } = {}) {
      if (keys.isEmpty && !isLoopback(host))
        throw new SottoError(
          "server.keys_required",
          "Without keys the server listens on 127.0.0.1, ::1 or localhost only: whoever reaches it reads everything. Pass keys.",
          {},
        );
      if (server !== undefined || draining)
        throw new SottoError("server.already_listening", "A server listens once.", {});
      const listening = createAdaptorServer({ fetch: app.fetch });
      server = listening;
      await new Promise<void>((resolve, reject) => {
        listening.once("error", reject);
        listening.listen(port, host, () => resolve());
      });
      const bound = (listening.address() as AddressInfo).port;
      return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, port: bound, host };
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

/** Idle connections are closed at once, busy ones when they have answered, and all when the time is over. */
async function drain(server: ServerType, ms: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const http = server as Partial<{ closeIdleConnections(): void; closeAllConnections(): void }>;
  http.closeIdleConnections?.();
  const timer = setTimeout(() => http.closeAllConnections?.(), ms);
  await closed;
  clearTimeout(timer);
}
