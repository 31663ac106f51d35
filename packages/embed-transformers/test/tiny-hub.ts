import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tinyModelFiles } from "./tiny-model.ts";

export interface TinyHub {
  /** To be set as `env.remoteHost` of transformers.js. */
  host: string;
  /** Paths asked for so far, in order. */
  requests: string[];
  /** While true, every answer is 503. */
  broken: boolean;
  /** While true, nothing is answered at all. */
  silent: boolean;
  close(): Promise<void>;
}

/** A server that holds the model `acme/tiny` at the revisions `main` and `v2`, as the hub does. */
export async function startTinyHub(): Promise<TinyHub> {
  const files = tinyModelFiles();
  const server = createServer((request, response) => {
    hub.requests.push(request.url ?? "");
    if (hub.silent) return;
    const [, name] = /^\/acme\/tiny\/resolve\/(?:main|v2)\/(.*)$/.exec(request.url ?? "") ?? [];
    const content = name === undefined ? undefined : files[name];
    if (hub.broken || content === undefined) {
      response.writeHead(hub.broken ? 503 : 404).end();
      return;
    }
    const bytes = Buffer.from(content);
    const range = request.headers.range === "bytes=0-0";
    if (range)
      response
        .writeHead(206, { "content-range": `bytes 0-0/${bytes.length}`, "content-length": 1 })
        .end(bytes.subarray(0, 1));
    else response.writeHead(200, { "content-length": bytes.length }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const hub: TinyHub = {
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests: [],
    broken: false,
    silent: false,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hub;
}
