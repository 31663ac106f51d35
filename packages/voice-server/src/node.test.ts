import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { TokenSource } from "livekit-client";
import { TokenVerifier } from "livekit-server-sdk";
import { tokenEndpoint, VoiceServer } from "./index.ts";
import { toFastifyHandler, toNodeHandler } from "./node.ts";

const server = VoiceServer.fromCredentials({
  url: "ws://localhost:7880",
  apiKey: "devkey",
  apiSecret: "secret",
  agentName: "support",
});
const verifier = new TokenVerifier("devkey", "secret");
const endpoint = tokenEndpoint(server, {
  authorize: (request) => (request.headers.get("authorization") === "Bearer ann" ? { identity: "ann" } : null),
  clientMaySet: ["room_name"],
  cors: { origins: ["https://app.example.com"] },
  maxBodyBytes: 1000,
});

interface Mounted {
  url: string;
  close(): Promise<unknown>;
}

const frameworks: Record<string, () => Promise<Mounted>> = {
  Hono: () => {
    const app = new Hono();
    app.all("/getToken", (c) => endpoint(c.req.raw));
    return listen(createAdaptorServer({ fetch: app.fetch }) as Server);
  },
  Express: () => {
    const app = express();
    app.all("/getToken", toNodeHandler(endpoint));
    return listen(createServer(app));
  },
  "Express with a body parser": () => {
    const app = express();
    app.use(express.json());
    app.all("/getToken", toNodeHandler(endpoint));
    return listen(createServer(app));
  },
  Fastify: async () => {
    const app = Fastify();
    app.route({ method: ["POST", "OPTIONS", "GET"], url: "/getToken", handler: toFastifyHandler(endpoint) });
    const address = await app.listen({ host: "127.0.0.1", port: 0 });
    return { url: `${address}/getToken`, close: () => app.close() };
  },
  "node:http": () => listen(createServer(toNodeHandler(endpoint))),
};

async function listen(http: Server): Promise<Mounted> {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/getToken`,
    close: () => {
      http.close();
      http.closeAllConnections();
      return once(http, "close");
    },
  };
}

describe.each(Object.keys(frameworks))("mounted in %s", (name) => {
  let mounted: Mounted;
  const post = (body: string, token = "ann") =>
    fetch(mounted.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body,
    });

  beforeAll(async () => {
    const mount = frameworks[name];
    if (mount === undefined) throw new Error(name);
    mounted = await mount();
  });
  afterAll(() => mounted.close());

  it("serves LiveKit's own client", async () => {
    const source = TokenSource.endpoint(mounted.url, { headers: { Authorization: "Bearer ann" } });
    const { serverUrl, participantToken } = await source.fetch({ roomName: "call-7", agentName: "support" });
    expect(serverUrl).toBe("ws://localhost:7880");
    expect(await verifier.verify(participantToken)).toMatchObject({
      sub: "ann",
      video: { room: "call-7" },
      roomConfig: { agents: [{ agentName: "support" }] },
    });
  });

  it("turns callers away", async () => {
    const response = await post("{}", "bob");
    expect([response.status, (await response.json()).error.code]).toEqual([401, "server.unauthorized"]);
    const source = TokenSource.endpoint(mounted.url, { headers: { Authorization: "Bearer ann" } });
    await expect(source.fetch({ participantIdentity: "bob" })).rejects.toThrow("received 403");
  });

  it("answers preflights, other methods and large bodies", async () => {
    const preflight = await fetch(mounted.url, { method: "OPTIONS", headers: { Origin: "https://app.example.com" } });
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "https://app.example.com",
    ]);
    expect((await fetch(mounted.url)).status).toBe(405);
    const large = await post(JSON.stringify({ room_name: "r".repeat(2000) }));
    expect([large.status, (await large.json()).error.code]).toEqual([413, "server.payload_too_large"]);
  });
});

it("limits by the socket's address", async () => {
  const limited = tokenEndpoint(server, {
    authorize: () => null,
    rateLimit: { perIp: { limit: 1, windowMs: 60_000 } },
  });
  const mounted = await listen(createServer(toNodeHandler(limited)));
  const statuses = [await fetch(mounted.url, { method: "POST" }), await fetch(mounted.url, { method: "POST" })].map(
    ({ status }) => status,
  );
  expect(statuses).toEqual([401, 429]);
  await mounted.close();
});

it("answers 400 to a request that is none", async () => {
  const mounted = await listen(createServer(toNodeHandler(endpoint)));
  const { port } = new URL(mounted.url);
  const { connect } = await import("node:net");
  const socket = connect(Number(port), "127.0.0.1");
  socket.end("GET / HTTP/1.1\r\nHost: a b%%\r\n\r\n");
  const [data] = await once(socket, "data");
  expect(String(data)).toMatch(/^HTTP\/1.1 400 /);
  await mounted.close();
});
