/**
 * Mounts a `(Request) => Promise<Response>` endpoint where a framework does not speak the Web's own types.
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { setClientAddress } from "./token-endpoint/client-address.ts";

type Endpoint = (request: Request) => Promise<Response>;

/** What is read of a Fastify request. */
export interface FastifyLikeRequest {
  raw: IncomingMessage;
  body?: unknown;
}

/** What is called on a Fastify reply. */
export interface FastifyLikeReply {
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body: string): unknown;
}

/**
 * A handler for Express and `node:http`. Where a body parser ran before, its result is used.
 *
 * @example
 * app.all("/getToken", toNodeHandler(getToken)); // Express
 */
export function toNodeHandler(
  endpoint: Endpoint,
): (request: IncomingMessage & { body?: unknown }, response: ServerResponse) => Promise<void> {
  return async (incoming, outgoing) => {
    try {
      const response = await endpoint(toWebRequest(incoming, incoming.body));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(await response.text());
    } catch {
      // The endpoint answers its own errors: this is a request that is none, a malformed Host header for example.
      outgoing.writeHead(400).end();
    }
  };
}

/**
 * A handler for Fastify.
 *
 * @example
 * fastify.post("/getToken", toFastifyHandler(getToken));
 */
export function toFastifyHandler(
  endpoint: Endpoint,
): (request: FastifyLikeRequest, reply: FastifyLikeReply) => Promise<unknown> {
  return async (request, reply) => {
    const response = await endpoint(toWebRequest(request.raw, request.body));
    reply.code(response.status);
    for (const [name, value] of response.headers) reply.header(name, value);
    return reply.send(await response.text());
  };
}

function toWebRequest(incoming: IncomingMessage, parsedBody: unknown): Request {
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? "", incoming.rawHeaders[i + 1] ?? "");
  }
  const method = incoming.method ?? "GET";
  // Express 4's parser gives an empty object for a request without a body, which has no content type.
  if (isParsed(parsedBody) && !headers.has("content-type")) headers.set("content-type", "application/json");
  const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`);
  const request = new Request(url, { method, headers, ...bodyOf(incoming, method, parsedBody) });
  setClientAddress(request, incoming.socket.remoteAddress);
  return request;
}

function isParsed(body: unknown): boolean {
  return typeof body === "object" && body !== null;
}

function bodyOf(incoming: IncomingMessage, method: string, parsed: unknown): RequestInit & { duplex?: "half" } {
  if (method === "GET" || method === "HEAD") return {};
  if (parsed !== undefined && parsed !== null)
    return { body: typeof parsed === "string" ? parsed : JSON.stringify(parsed) };
  if (incoming.readableEnded) return {};
  return { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" };
}
