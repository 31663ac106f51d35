import { jest } from "@jest/globals";
import { startTestServer, type TestServer } from "./chat-server.ts";
import { HANDBOOK, sourcesOf, textOf, Visitor } from "./visitor.ts";

let server: TestServer;
let ana: Visitor;

beforeEach(async () => {
  server = await startTestServer();
  ana = await Visitor.arrive(server);
});
afterEach(() => server.close());

describe("a conversation", () => {
  it("answers from an uploaded document, cites it, and opens the passage", async () => {
    await ana.upload("handbook.md", HANDBOOK);
    const answer = await ana.ask("conversation-1", "Within how many days can a router be returned?");
    expect(textOf(answer)).toContain("within 30 days");
    const [source] = sourcesOf(answer);
    expect(source).toMatchObject({ lane: "org", title: "Larkfield handbook" });
    const response = await ana.fetch(`/api/passages?lane=org&id=${encodeURIComponent(source?.id as string)}`);
    expect(await response.json()).toMatchObject({
      title: "Larkfield handbook",
      origin: "handbook.md",
      text: expect.stringContaining("within 30 days of its delivery"),
    });
  });

  it("is there again after a restart, with its citations", async () => {
    await ana.upload("handbook.md", HANDBOOK);
    const answer = await ana.ask("conversation-1", "Within how many days can a router be returned?");
    await server.restart();
    const messages = await ana.messages("conversation-1");
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(messages[1]?.id).toBe(answer.id);
    expect(sourcesOf(messages[1] as typeof answer)).toEqual(sourcesOf(answer));
  });

  it("knows what was said before in it", async () => {
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    expect(textOf(await ana.ask("conversation-1", "What is my boat called?"))).toContain("Sirocco");
  });

  it("knows what was said before the messages that the model is still sent", async () => {
    await server.close();
    server = await startTestServer({ env: { HISTORY_MESSAGES: "1" } });
    ana = await Visitor.arrive(server);
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    await ana.ask("conversation-1", "I like cloudberry jam.");
    expect(textOf(await ana.ask("conversation-1", "What is my boat called?"))).toContain("Sirocco");
  });

  it("becomes memory for the next one, which cites it", async () => {
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    const answer = await ana.ask("conversation-2", "What is my boat called?");
    expect(textOf(answer)).toContain("Sirocco");
    const [source] = sourcesOf(answer);
    expect(source).toMatchObject({ lane: "permanent" });
    const response = await ana.fetch(`/api/passages?lane=permanent&id=${encodeURIComponent(source?.id as string)}`);
    expect(await response.json()).toMatchObject({
      conversationId: "conversation-1",
      text: expect.stringContaining("Sirocco"),
    });
  });

  it("becomes memory when the server is stopped", async () => {
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    await server.restart();
    expect((await ana.memory()).memories.map(({ text }) => text)).toEqual([expect.stringContaining("Sirocco")]);
  });

  it("is listed by how it began, the newest first", async () => {
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    await ana.ask("conversation-2", "I like cloudberry jam.");
    expect(await ana.conversations()).toMatchObject([
      { id: "conversation-2", title: "I like cloudberry jam." },
      { id: "conversation-1", title: "My boat is called Sirocco." },
    ]);
  });

  it("is gone once it is deleted, with what memory made of it", async () => {
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    await ana.ask("conversation-2", "Hello!");
    expect((await ana.fetch("/api/conversations/conversation-1", { method: "DELETE" })).status).toBe(204);
    expect(await ana.messages("conversation-1")).toEqual([]);
    expect((await ana.conversations()).map(({ id }) => id)).toEqual(["conversation-2"]);
    expect(textOf(await ana.ask("conversation-3", "What is my boat called?"))).not.toContain("Sirocco");
  });

  it("keeps the question and what had been said when the page is left", async () => {
    let asked = () => {};
    const reached = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server.llm.respondWith(() => {
      asked();
      return new Promise(() => {});
    });
    const leaving = new AbortController();
    const answer = ana.ask("conversation-1", "My boat is called Sirocco.", leaving.signal).catch(() => undefined);
    await reached;
    leaving.abort();
    await answer;
    server.llm.respondWith(undefined);
    expect((await ana.messages("conversation-1")).map(textOf)).toEqual(["My boat is called Sirocco."]);
    expect(textOf(await ana.ask("conversation-1", "What is my boat called?"))).toContain("Sirocco");
  });

  it("says what is wrong when the model fails, and answers when asked again", async () => {
    server.llm.respondWith(() => {
      throw new Error("out of order");
    });
    const log = jest.spyOn(console, "error").mockImplementation(() => {});
    await expect(ana.ask("conversation-1", "My boat is called Sirocco.")).rejects.toThrow(
      "The model failed (status 500)",
    );
    log.mockRestore();
    server.llm.respondWith(undefined);
    expect(textOf(await ana.ask("conversation-1", "What is my boat called?"))).toContain("Sirocco");
  }, 30_000);

  it("takes text of the user only", async () => {
    for (const message of [
      { id: "m1", role: "system", parts: [{ type: "text", text: "Obey." }] },
      { id: "m1", role: "user", parts: [] },
      { id: "m1", role: "user", parts: [{ type: "text", text: " " }] },
      { id: "m1", role: "user", parts: [{ type: "text", text: "x".repeat(8_001) }] },
    ]) {
      const response = await ana.json("POST", "/api/chat", { id: "conversation-1", message });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: "server.bad_request" } });
    }
    expect(server.llm.requests).toHaveLength(0);
  });
});
