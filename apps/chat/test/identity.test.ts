import { startTestServer, type TestServer } from "./chat-server.ts";
import { HANDBOOK, sourcesOf, textOf, Visitor } from "./visitor.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe("who is asking", () => {
  it("is decided by the cookie that the server signed, which scripts cannot read", async () => {
    const response = await fetch(`${server.url}/api/me`);
    expect(response.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Strict/);
    const ana = await Visitor.arrive(server);
    expect((await ana.fetch("/api/me")).headers.get("set-cookie")).toContain(ana.cookie);
  });

  it("is nobody without a cookie, or with one that was tampered with", async () => {
    const ana = await Visitor.arrive(server);
    const real = ana.cookie;
    for (const cookie of ["", "chat-user=ana", `${real.split("=")[0]}=x${real.split("=")[1]}`]) {
      ana.cookie = cookie;
      for (const path of ["/api/memory", "/api/documents", "/api/conversations", "/api/memory/export"]) {
        const response = await ana.fetch(path);
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ error: { code: "server.unauthorized" } });
      }
    }
  });

  it("stays the same after a restart", async () => {
    const ana = await Visitor.arrive(server);
    await ana.json("POST", "/api/memory", { text: "My boat is called Sirocco." });
    await server.restart();
    expect((await ana.memory()).memories).toHaveLength(1);
  });

  it("keeps users apart: documents, memories, conversations and passages", async () => {
    const [ana, ben] = [await Visitor.arrive(server), await Visitor.arrive(server)];
    await ana.upload("handbook.md", HANDBOOK);
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    const cited = await ana.ask("conversation-2", "What is my boat called, and when can a router be returned?");
    expect(sourcesOf(cited).length).toBeGreaterThanOrEqual(2);

    expect(await ben.documents()).toEqual([]);
    expect((await ben.memory()).memories).toEqual([]);
    expect(await ben.messages("conversation-1")).toEqual([]);
    for (const { lane, id } of sourcesOf(cited)) {
      expect((await ben.fetch(`/api/passages?lane=${lane}&id=${encodeURIComponent(id)}`)).status).toBe(404);
    }
    const answer = await ben.ask("conversation-1", "What is my boat called, and when can a router be returned?");
    expect(textOf(answer)).not.toMatch(/Sirocco|30 days/);
    expect(sourcesOf(answer)).toEqual([]);
    await ben.fetch("/api/conversations/conversation-1", { method: "DELETE" });
    expect(await ana.messages("conversation-1")).toHaveLength(2);
  });

  it("cannot be sent from another site", async () => {
    const ana = await Visitor.arrive(server);
    const response = await ana.fetch("/api/memory?documents=true", {
      method: "DELETE",
      headers: { origin: "https://elsewhere.example", "content-type": "text/plain" },
    });
    expect(response.status).toBe(403);
  });

  it("gets a clear answer for what there is not", async () => {
    const ana = await Visitor.arrive(server);
    const response = await ana.fetch("/api/nothing");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "server.not_found" } });
    expect((await ana.json("POST", "/api/memory", { text: "" })).status).toBe(400);
  });
});
