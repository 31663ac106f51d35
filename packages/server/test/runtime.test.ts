import { post, type Served, serve } from "./helpers/serve.ts";

let served: Served;
beforeEach(async () => {
  served = await serve();
  await served.inner.createIndex("help", [{ id: "returns", text: "A router can be returned within 30 days." }]);
});
afterEach(() => served.close());

async function call(path: string, body: object): Promise<{ status: number; body: Record<string, never> }> {
  const response = await post(served.url, `/v1/runtime${path}`, body);
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

const ada = { sessionId: "call-1", userId: "ada", workspaceId: "default" };

describe("the runtime", () => {
  it("carries an agent through a whole call, and remembers it in the next", async () => {
    expect(await (await fetch(`${served.url}/v1/runtime/health`)).json()).toMatchObject({ status: "ok" });
    const started = await call("/session/start", ada);
    expect(started.body).toMatchObject({
      sessionId: "call-1",
      bootstrap: { profileVersion: 0, permanentManifestVersion: 0, syncToken: expect.any(String) },
      paths: { searchMemory: "/v1/runtime/search_memory" },
    });
    expect(
      (started.body as unknown as { bootstrap: { orgManifestVersion: number } }).bootstrap.orgManifestVersion,
    ).toBeGreaterThan(0);
    const asked = await call("/search_memory", { ...ada, query: "how long can I return a router?", timeoutMs: 5_000 });
    expect(asked.body).toMatchObject({ contextText: expect.stringContaining("30 days") });
    const turn = { ...ada, turnId: "t1", userText: "My order is 4471.", assistantText: "Noted." };
    expect((await call("/turn/after", turn)).body).toEqual({ eventId: "t1" });
    expect((await call("/sync/flush", { sessionId: "call-1" })).body).toEqual({ flushed: true });
    expect((await call("/session/end", ada)).body).toMatchObject({ sessionId: "call-1", memories: expect.any(Number) });

    const next = { sessionId: "call-2", userId: "ada" };
    await call("/session/start", next);
    const later = await call("/search_memory", { ...next, query: "what is my order number?", timeoutMs: 5_000 });
    expect(later.body).toMatchObject({ contextText: expect.stringContaining("4471") });
  });

  it.each([
    ["/search_memory", { ...ada, query: "x" }, 404, "runtime.session_not_found"],
    ["/session/end", ada, 404, "runtime.session_not_found"],
    ["/session/start", { ...ada, workspaceId: "other" }, 403, "runtime.identity_mismatch"],
    ["/session/start", { sessionId: "s" }, 400, "runtime.bad_request"],
    ["/search_memory", { ...ada, query: 7 }, 400, "runtime.bad_request"],
    ["/turn/after", { ...ada, userText: "x".repeat(2_000_000), assistantText: "" }, 413, "runtime.payload_too_large"],
  ])("answers %s %j with %d", async (path, body, status, code) => {
    const answer = await call(path, body);
    expect([answer.status, (answer.body as { error?: { code: string } }).error?.code]).toEqual([status, code]);
  });

  it("refuses a session of somebody else", async () => {
    await call("/session/start", ada);
    const eve = { ...ada, userId: "eve" };
    for (const [path, body] of [
      ["/session/start", eve],
      ["/search_memory", { ...eve, query: "x" }],
      ["/turn/after", { ...eve, userText: "x", assistantText: "y" }],
      ["/session/end", eve],
    ] as const) {
      const answer = await call(path, body);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.body).toMatchObject({ error: { code: "runtime.identity_mismatch" } });
    }
  });
});
