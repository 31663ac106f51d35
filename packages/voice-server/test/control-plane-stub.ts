import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ControlPlaneStub {
  apiUrl: string;
  requests: {
    method: string | undefined;
    url: string | undefined;
    authorization: string | undefined;
    projectId: unknown;
  }[];
  /** Replaces the next answers: a status and a body, or a handler. */
  answer(status: number, body: unknown): void;
  handle(handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): Promise<void>;
}

/** A real HTTP server that speaks the control plane's contract for LiveKit credentials. */
export async function startControlPlaneStub(): Promise<ControlPlaneStub> {
  const requests: ControlPlaneStub["requests"] = [];
  let handler: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    requests.push({ method, url, authorization: headers.authorization, projectId: headers["x-project-id"] });
    handler(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer(status, body) {
      handler = (_, response) => {
        response.writeHead(status, { "Content-Type": "application/json" });
        response.end(typeof body === "string" ? body : JSON.stringify(body));
      };
    },
    handle(next) {
      handler = next;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
