import { connectSotto } from "@sotto/client";
import { METHOD_NAMES, METHODS } from "@sotto/client/contract";
import { createServer, hashKey, newKey } from "../src/index.ts";
import { post, type Served, serve } from "./helpers/serve.ts";

const keys = { admin: newKey(), write: newKey(), read: newKey() };

describe("a server with keys", () => {
  let served: Served;

  beforeAll(async () => {
    served = await serve({
      keys: [
        { role: "admin", key: keys.admin },
        { role: "write", sha256: hashKey(keys.write) },
        { role: "read", key: keys.read },
      ],
    });
  });
  afterAll(() => served.close());

  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

  it.each([
    ["none", {}],
    ["an unknown one", bearer(newKey())],
    ["its hash", bearer(hashKey(keys.write))],
    ["an empty one", { authorization: "Bearer " }],
    ["another scheme", { authorization: `Basic ${keys.admin}` }],
    ["one that goes on", bearer(`${keys.admin}x`)],
  ])("refuses every call with %s as a key", async (_what, headers) => {
    for (const name of METHOD_NAMES) {
      const response = await post(served.url, METHODS[name].path, {}, headers as Record<string, string>);
      expect([name, response.status]).toEqual([name, 401]);
      expect(await response.json()).toMatchObject({ error: { code: "server.unauthorized" } });
    }
    const runtime = await fetch(`${served.url}/v1/runtime/health`, { headers: headers as Record<string, string> });
    expect(runtime.status).toBe(401);
  });

  it.each(["read", "write"] as const)("lets a %s key do what its role may, and no more", async (role) => {
    const ranks = { read: 0, write: 1, admin: 2 };
    for (const name of METHOD_NAMES) {
      // An unknown field: refused before anything is done, and after the key was looked at.
      const response = await post(served.url, METHODS[name].path, { nothing: 1 }, bearer(keys[role]));
      const expected = ranks[role] >= ranks[METHODS[name].role] ? 400 : 403;
      expect([name, response.status]).toEqual([name, expected]);
    }
  });

  it("tells a client with the wrong key so, by an error of its own", async () => {
    const reader = connectSotto({ url: served.url, key: keys.read });
    await expect(reader.createIndex("a", [])).rejects.toMatchObject({ code: "server.forbidden" });
    expect(await reader.recordTurn({ user: "ada", session: "s", role: "user", text: "hello" })).toBeNull();
    expect(reader.stats.failedWrites).toBe(1);
    const stranger = connectSotto({ url: served.url });
    await expect(stranger.listIndexes()).rejects.toMatchObject({ code: "server.unauthorized" });
    const recall = await stranger.searchMemory("hello", { user: "ada" });
    expect(recall.trace).toMatchObject({ degraded: true, lanes: { permanent: { status: "failed" } } });
    const writer = connectSotto({ url: served.url, key: keys.write });
    await expect(writer.createIndex("a", [{ id: "1", text: "one" }])).resolves.toMatchObject({ docCount: 1 });
  });

  it("serves no other project than its own", async () => {
    const other = connectSotto({ url: served.url, key: keys.admin, project: "another" });
    await expect(other.listIndexes()).rejects.toMatchObject({ code: "server.project_mismatch" });
  });

  it("tells health and its document to all", async () => {
    expect(await (await fetch(`${served.url}/health`)).json()).toEqual({ status: "ok" });
    expect((await fetch(`${served.url}/v1/openapi.json`)).status).toBe(200);
  });

  it("neither logs nor answers a key", () => {
    for (const key of Object.values(keys)) expect(served.logged.join()).not.toContain(key);
  });
});

describe("a server without keys", () => {
  it.each(["0.0.0.0", "::", "192.0.2.1", "127.0.0.1.example.com"])("does not listen on %s", async (host) => {
    const server = createServer();
    await expect(server.listen({ port: 0, host })).rejects.toMatchObject({ code: "server.keys_required" });
    await server.close();
  });

  it("answers no web page, whatever name the page gave it", async () => {
    const served = await serve();
    const page = await post(served.url, "/v1/indexes/list", {}, { origin: "https://example.com" });
    expect(page.status).toBe(403);
    expect(page.headers.get("access-control-allow-origin")).toBeNull();
    const simple = await post(served.url, "/v1/indexes/list", "{}", { "content-type": "text/plain" });
    expect(simple.status).toBe(415);
    await served.close();
    // As a browser would after DNS rebinding; fetch sets Host itself.
    const { app } = createServer();
    const rebound = await app.request("http://evil.example/v1/indexes/list", {
      method: "POST",
      headers: { host: "evil.example", "content-type": "application/json" },
      body: "{}",
    });
    expect(rebound.status).toBe(403);
  });

  it("answers the pages that it was told of", async () => {
    const served = await serve({ origins: ["https://app.example.com"] });
    const response = await post(served.url, "/v1/indexes/list", {}, { origin: "https://app.example.com" });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    await served.close();
  });
});

it("takes no key that could be guessed", () => {
  expect(() => createServer({ keys: [{ role: "read", key: "secret" }] })).toThrow(/at least 24/);
  expect(() => createServer({ keys: [{ role: "read", key: "secret" }] })).not.toThrow(/secret/);
  expect(() => createServer({ keys: [{ role: "king" as never, key: newKey() }] })).toThrow(/role/);
});
