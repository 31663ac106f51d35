import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InvalidArgumentError } from "@sotto/core";
import { connectSotto } from "../src/index.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;
const open: Server[] = [];

/** A server that answers as it is told; counts what reaches it, by path. */
async function answering(answer: Answer) {
  const seen: { path: string; body: Record<string, Record<string, unknown>> }[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    seen.push({ path: request.url ?? "", body: JSON.parse(text) });
    answer(request, response, seen.length);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const busy = { error: { code: "pool.exhausted", message: "busy", details: {} } };
const ada = { user: "ada", session: "s" };

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function nobodyThere(): Promise<string> {
  const { url } = await answering(() => {});
  await new Promise((resolve) => open.pop()?.close(resolve));
  return url;
}

describe("a client whose server is down", () => {
  it("recalls nothing, says so, and does not reject", async () => {
    const sotto = connectSotto({ url: await nobodyThere(), tries: 1 });
    const recall = await sotto.searchMemory("what is my order?", { user: "ada" });
    expect(recall).toMatchObject({ contextText: "", permanent: [], trace: { degraded: true, timeoutMs: 250 } });
    const { working, org } = recall.trace.lanes;
    expect([working.status, org.status]).toEqual(["skipped", "failed"]);
    expect(org.error).toMatch(/^server\.unreachable: /);
    expect(org.error).not.toContain("order");
    expect(await sotto.brief({ user: "ada" })).toEqual({ contextText: "", profile: null, turns: [], permanent: [] });
    expect(sotto.stats.failedRecalls).toBe(2);
  });

  it("counts the turns that it could not write", async () => {
    const sotto = connectSotto({ url: await nobodyThere(), tries: 1 });
    expect(await sotto.recordTurn({ ...ada, role: "user", text: "hello" })).toBeNull();
    expect(await sotto.saveResponse({ ...ada, userText: "a", assistantText: "b" })).toBeNull();
    expect(sotto.stats.failedWrites).toBe(2);
  });

  it("rejects other calls by a code", async () => {
    const sotto = connectSotto({ url: await nobodyThere(), tries: 1 });
    await expect(sotto.listIndexes()).rejects.toMatchObject({ code: "server.unreachable" });
  });
});

describe("a client whose server never answers", () => {
  it("recalls nothing by the deadline, of which the server was told less", async () => {
    const { url, seen } = await answering(() => {});
    const sotto = connectSotto({ url });
    const recall = await sotto.searchMemory("x", { ...ada, timeoutMs: 40, lanes: ["working", "org"] });
    const { lanes, degraded } = recall.trace;
    expect(degraded).toBe(true);
    expect([lanes.working.status, lanes.org.status, lanes.permanent.status]).toEqual(["late", "late", "skipped"]);
    expect(sotto.stats.lateLanes).toBe(2);
    expect(seen[0]?.body["options"]?.["timeoutMs"]).toBe(36);
  });

  it("gives up other calls after timeoutMs, and turns too", async () => {
    const { url } = await answering(() => {});
    const sotto = connectSotto({ url, timeoutMs: 30 });
    await expect(sotto.listIndexes()).rejects.toMatchObject({ code: "server.timeout" });
    expect(await sotto.recordTurn({ ...ada, role: "user", text: "hello" })).toBeNull();
  });

  it("stops when the signal says so", async () => {
    const { url, seen } = await answering(() => stop.abort(new Error("enough")));
    const stop = new AbortController();
    const sotto = connectSotto({ url });
    await expect(sotto.query("help", "x", { signal: stop.signal })).rejects.toThrow("enough");
    const recall = await sotto.searchMemory("x", { user: "ada", signal: stop.signal });
    expect(recall.trace.lanes.org.status).toBe("aborted");
    expect(seen).toHaveLength(1);
  });
});

describe("a client whose server is busy", () => {
  it("asks again where that is harmless, and only there", async () => {
    const { url, seen } = await answering((_request, response, count) =>
      count % 2 === 1 ? json(response, 503, busy) : json(response, 200, { result: [] }),
    );
    const sotto = connectSotto({ url });
    expect(await sotto.listIndexes()).toEqual([]);
    expect(seen).toHaveLength(2);
    await expect(sotto.remember("ada", "a fact")).rejects.toMatchObject({ code: "pool.exhausted" });
    expect(seen).toHaveLength(3);
  });

  it("sends a turn again under the id that it had", async () => {
    const { url, seen } = await answering((_request, response, count) =>
      count === 1 ? response.destroy() : json(response, 200, { result: "t" }),
    );
    expect(await connectSotto({ url }).recordTurn({ ...ada, role: "user", text: "hello" })).toBe("t");
    const ids = seen.map(({ body }) => body["turn"]?.["itemId"]);
    expect(ids).toEqual([expect.any(String), ids[0]]);
  });

  it("sends the turns of a session one after the other", async () => {
    const { url, seen } = await answering((_request, response, count) => {
      // The first is the slowest; the second was not to be seen before it was answered.
      if (count === 1) setImmediate(() => json(response, 200, { result: "1" }));
      else json(response, 200, { result: String(count) });
    });
    const sotto = connectSotto({ url });
    const texts = ["one", "two", "three"];
    const ids = await Promise.all(texts.map((text) => sotto.recordTurn({ ...ada, role: "user", text })));
    expect(ids).toEqual(["1", "2", "3"]);
    expect(seen.map(({ body }) => body["turn"]?.["text"])).toEqual(texts);
  });

  it("does not take the page of a proxy for an answer", async () => {
    const { url } = await answering((_request, response) => response.writeHead(500).end("<html>oops</html>"));
    await expect(connectSotto({ url }).listIndexes()).rejects.toMatchObject({ code: "server.bad_answer" });
  });
});

it("takes no option that cannot be, and shows no key", () => {
  expect(() => connectSotto({ url: "ftp://x" })).toThrow(InvalidArgumentError);
  expect(() => connectSotto({ url: "http://user:pw@host" })).toThrow(/without a user/);
  expect(() => connectSotto({ url: "http://x", keys: "k" } as never)).toThrow(/no such option/);
  expect(() => connectSotto({ url: "http://x", key: "my secret" })).not.toThrow(/secret/);
  expect(() => connectSotto({ url: "http://x", timeoutMs: 0 })).toThrow(/timeoutMs/);
});
