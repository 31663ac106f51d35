import { startTestServer, type TestServer } from "./chat-server.ts";
import { HANDBOOK, textOf, Visitor } from "./visitor.ts";

let server: TestServer;
let ana: Visitor;

beforeEach(async () => {
  server = await startTestServer();
  ana = await Visitor.arrive(server);
});
afterEach(() => server.close());

const texts = async (visitor: Visitor) => (await visitor.memory()).memories.map(({ text }) => text);

describe("what memory holds", () => {
  it("is empty for a new user", async () => {
    expect(await ana.memory()).toEqual({ profile: {}, memories: [] });
  });

  it("can be added to, and is used in the next answer", async () => {
    const response = await ana.json("POST", "/api/memory", { text: "My boat is called Sirocco." });
    expect(response.status).toBe(201);
    expect(await texts(ana)).toEqual(["My boat is called Sirocco."]);
    expect(textOf(await ana.ask("conversation-1", "What is my boat called?"))).toContain("Sirocco");
  });

  it("can be corrected: the old words are not recalled any more", async () => {
    const added = await (await ana.json("POST", "/api/memory", { text: "My boat is called Sirocco." })).json();
    await ana.json("PUT", `/api/memory/${added.id}`, { text: "My boat is called Mistral." });
    expect(await texts(ana)).toEqual(["My boat is called Mistral."]);
    const answer = textOf(await ana.ask("conversation-1", "What is my boat called?"));
    expect(answer).toContain("Mistral");
    expect(answer).not.toContain("Sirocco");
  });

  it("is gone once it is forgotten, with what it was made from", async () => {
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    await ana.ask("conversation-2", "Hello!");
    const { memories } = await ana.memory();
    expect(memories).toMatchObject([{ text: expect.stringContaining("Sirocco"), conversationId: "conversation-1" }]);
    expect((await ana.fetch(`/api/memory/${memories[0]?.id}`, { method: "DELETE" })).status).toBe(204);
    expect(await texts(ana)).toEqual([]);
    expect(textOf(await ana.ask("conversation-3", "What is my boat called?"))).not.toContain("Sirocco");
    expect(JSON.stringify(await ana.messages("conversation-1"))).not.toContain("Sirocco");
    expect(JSON.stringify(await ana.conversations())).not.toContain("Sirocco");
  });

  it("names the user as their profile does, to the model and in memories", async () => {
    await ana.json("PATCH", "/api/memory/profile", { name: "Ana" });
    await ana.ask("conversation-1", "My boat is called Sirocco.");
    await ana.ask("conversation-2", "What is my boat called?");
    expect(await texts(ana)).toContainEqual(expect.stringContaining("Ana: My boat is called Sirocco."));
  });

  it("does not come back in its old words when a corrected memory is forgotten", async () => {
    const added = await (await ana.json("POST", "/api/memory", { text: "My boat is called Sirocco." })).json();
    const second = await (
      await ana.json("PUT", `/api/memory/${added.id}`, { text: "My boat is called Mistral." })
    ).json();
    await ana.fetch(`/api/memory/${second.id}`, { method: "DELETE" });
    expect(await texts(ana)).toEqual([]);
    expect(await (await ana.fetch("/api/memory/export")).text()).not.toMatch(/Sirocco|Mistral/);
  });

  it("has a profile, which is edited field by field and is in every answer", async () => {
    await ana.json("PATCH", "/api/memory/profile", { boat: "Sirocco", city: "Bergen" });
    expect((await ana.memory()).profile).toEqual({ boat: "Sirocco", city: "Bergen" });
    await ana.json("PATCH", "/api/memory/profile", { city: null });
    expect((await ana.memory()).profile).toEqual({ boat: "Sirocco" });
    await ana.ask("conversation-1", "Hello!");
    expect(JSON.stringify(server.llm.requests.at(-1)?.body)).toContain("Sirocco");
  });

  it("can be forgotten as a whole, and the documents stay unless they are named", async () => {
    await ana.upload("handbook.md", HANDBOOK);
    await ana.json("PATCH", "/api/memory/profile", { boat: "Sirocco" });
    await ana.ask("conversation-1", "My cat is called Mistral.");
    await ana.ask("conversation-2", "Hello!");
    expect((await ana.fetch("/api/memory", { method: "DELETE" })).status).toBe(204);
    expect(await ana.memory()).toEqual({ profile: {}, memories: [] });
    expect(await ana.conversations()).toEqual([]);
    expect(textOf(await ana.ask("conversation-3", "What is my cat called?"))).not.toContain("Mistral");
    expect(await ana.documents()).toHaveLength(1);
    await ana.fetch("/api/memory?documents=true", { method: "DELETE" });
    expect(await ana.documents()).toEqual([]);
  });

  it("can be taken along", async () => {
    await ana.json("PATCH", "/api/memory/profile", { boat: "Sirocco" });
    const response = await ana.fetch("/api/memory/export");
    expect(response.headers.get("content-disposition")).toContain("memory.jsonl");
    const lines = (await response.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ type: "profile", data: { boat: "Sirocco" } }]);
  });

  it("is made of facts and a profile where the model consolidates", async () => {
    await server.close();
    server = await startTestServer({ env: { CONSOLIDATOR: "llm" } });
    ana = await Visitor.arrive(server);
    await ana.ask("conversation-1", "I live in Bergen.");
    await ana.ask("conversation-2", "Hello!");
    const { memories, profile } = await ana.memory();
    expect(memories).toContainEqual(expect.objectContaining({ kind: "fact", text: expect.stringContaining("Bergen") }));
    expect(Object.values(profile)).toContain("Bergen");
  });

  it("says so when a memory is not there any more", async () => {
    for (const method of ["DELETE", "PUT"]) {
      const response = await ana.json(method, "/api/memory/nothing", { text: "Anything." });
      expect(response.status).toBe(404);
    }
  });
});
