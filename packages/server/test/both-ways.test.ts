import {
  createMemoryClient,
  DuplicateIdError,
  FilterInvalidError,
  IdentityMismatchError,
  IndexNotFoundError,
  InvalidArgumentError,
  type Sotto,
} from "@sotto/core";
import { type Held, WAYS } from "./helpers/serve.ts";

const returns = { id: "returns", text: "A router can be returned within 30 days.", metadata: { kind: "policy" } };
const hours = { id: "hours", text: "The shop in Bonn is open from nine to six." };
const ada = { user: "ada", session: "call-1" };

describe.each(WAYS)("%s", (_name, open) => {
  let held: Held;
  let sotto: Sotto;

  beforeEach(async () => {
    held = await open();
    sotto = held.sotto;
  });
  afterEach(() => held.close());

  it("keeps documents, finds them, and lets go of them", async () => {
    const created = await sotto.createIndex("help", [returns, hours]);
    expect(created).toEqual({ indexName: "help", docCount: 2, chunkCount: 2, version: expect.any(Number) });
    const { hits } = await sotto.query("help", "how long can I send a router back?", { topK: 1, explain: true });
    expect(hits[0]).toMatchObject({ id: "returns", index: "help", metadata: { kind: "policy" } });
    expect(hits[0]?.explain?.bm25).toBeGreaterThan(0);
    expect(await sotto.addDocs("help", [{ id: "hours", text: "Closed." }])).toMatchObject({ added: 0, updated: 1 });
    expect(await sotto.getDocs("help", { ids: ["hours"] })).toEqual([{ id: "hours", text: "Closed." }]);
    expect(await sotto.deleteDocs("help", { filter: { kind: "policy" } })).toMatchObject({ deleted: 1 });
    expect((await sotto.listIndexes()).map(({ name, docCount }) => [name, docCount])).toEqual([["help", 1]]);
    expect(await sotto.deleteIndex("help")).toBe(true);
    expect(await sotto.deleteIndex("help")).toBe(false);
  });

  it("takes more documents than one request holds, in their order", async () => {
    const documents = Array.from({ length: 250 }, (_, n) => ({ id: `d${n}`, text: `Article number ${n}.` }));
    const seen: number[] = [];
    const created = await sotto.createIndex("many", documents, {
      metadata: { of: "bulk" },
      onProgress: ({ phase, done }) => phase === "write" && seen.push(done),
    });
    expect(created.docCount).toBe(250);
    expect(seen.at(-1)).toBe(250);
    expect((await sotto.getDocs("many", { ids: ["d249"] }))[0]?.metadata).toEqual({ of: "bulk" });
    expect(await sotto.addDocs("many", documents.slice(0, 130))).toMatchObject({ added: 0, updated: 130 });
  });

  it("takes a vector of one's own", async () => {
    await sotto.createIndex("help", [returns]);
    const { dimensions } = await sotto.getIndex("help");
    const embedding = new Float32Array(dimensions).fill(1);
    await sotto.addDocs("help", [{ ...hours, embedding }]);
    const { hits } = await sotto.query("help", "anything", { embedding, alpha: 1, topK: 1 });
    expect(hits[0]?.id).toBe("hours");
  });

  it("rejects with errors of the same classes", async () => {
    await sotto.createIndex("help", [returns]);
    await expect(sotto.query("none", "x")).rejects.toBeInstanceOf(IndexNotFoundError);
    await expect(sotto.query("none", "x")).rejects.toMatchObject({ code: "index.not_found", indexName: "none" });
    await expect(sotto.createIndex("twice", [hours, hours])).rejects.toBeInstanceOf(DuplicateIdError);
    const filter = { kind: { $unknown: 1 } } as never;
    await expect(sotto.query("help", "x", { filter })).rejects.toBeInstanceOf(FilterInvalidError);
    await expect(sotto.memories("ada", { limitt: 1 } as never)).rejects.toBeInstanceOf(InvalidArgumentError);
    await expect(sotto.searchMemory("x", { user: "ada", timeoutMs: -1 })).rejects.toBeInstanceOf(InvalidArgumentError);
    await expect(sotto.searchMemory("x", {} as never)).rejects.toBeInstanceOf(InvalidArgumentError);
    await expect(sotto.endSession({ user: "ada", session: "never" })).rejects.toMatchObject({
      code: "session.not_found",
    });
  });

  it("recalls what was said in this call, and afterwards in the next", async () => {
    const wrote = [
      sotto.recordTurn({ ...ada, role: "user", text: "My order number is 4471.", at: 1_000 }),
      sotto.recordTurn({ ...ada, role: "assistant", text: "Thank you, I have found it.", at: 2_000 }),
    ];
    expect(await Promise.all(wrote)).toEqual([expect.any(String), expect.any(String)]);
    const now = await sotto.searchMemory("what was the order number?", ada);
    expect(now.trace.degraded).toBe(false);
    expect(now.working.map(({ text }) => text).join()).toContain("4471");
    expect((await sotto.endSession(ada)).memories).toBeGreaterThan(0);

    expect(await sotto.listSessions({ user: "ada" })).toMatchObject([{ id: "call-1", turns: 2, began: 1_000 }]);
    expect(await sotto.listSessions({ user: "bob" })).toEqual([]);

    const later = { user: "ada", session: "call-2" };
    const again = await sotto.searchMemory("what was the order number?", later);
    expect(again.contextText).toContain("4471");
    expect(again.permanent[0]?.provenance?.[0]?.sessionId).toBe("call-1");
    expect((await sotto.brief(later)).permanent.length).toBeGreaterThan(0);
    expect((await sotto.searchMemory("what was the order number?", { user: "bob" })).contextText).not.toContain("4471");
  });

  it("writes a turn once, however often it comes, in the order in which it was said", async () => {
    for (const itemId of ["t1", "t2", "t1"])
      await sotto.recordTurn({ ...ada, role: "user", text: `Said as ${itemId}.`, itemId });
    await sotto.saveResponse({ ...ada, userText: "And then?", assistantText: "That is all.", turnId: "t3" });
    const session = await sotto.session({ id: "call-1", user: "ada" });
    expect((await session.turns()).map(({ id }) => id)).toEqual(["t1", "t2", "t3/user", "t3/assistant"]);
    await session.close({ end: false });
  });

  it("refuses another user's session", async () => {
    await sotto.recordTurn({ ...ada, role: "user", text: "My card ends in 9931." });
    const eve = { user: "eve", session: "call-1" };
    await expect(sotto.session({ id: "call-1", user: "eve" })).rejects.toBeInstanceOf(IdentityMismatchError);
    await expect(sotto.endSession(eve)).rejects.toBeInstanceOf(IdentityMismatchError);
    expect(await sotto.recordTurn({ ...eve, role: "user", text: "It is mine." })).toBeNull();
    expect(sotto.stats.failedWrites).toBe(1);
    expect((await sotto.searchMemory("which card?", eve)).contextText).not.toContain("9931");
    expect((await sotto.brief(eve)).contextText).not.toContain("9931");
  });

  it("never rejects a turn that cannot be written, and counts it", async () => {
    expect(await sotto.recordTurn({ ...ada, role: "nobody", text: "x" } as never)).toBeNull();
    expect(await sotto.recordTurn({ ...ada, role: "user", text: "   " })).toBeNull();
    expect(sotto.stats.failedWrites).toBe(1);
  });

  it("keeps facts and a profile, with their history", async () => {
    const old = await sotto.remember("ada", "Ada lives in Bonn.");
    const fresh = await sotto.supersede("ada", old.id, "Ada lives in Kiel.");
    expect((await sotto.memories("ada")).map(({ text }) => text)).toEqual(["Ada lives in Kiel."]);
    const all = await sotto.memories("ada", { includeSuperseded: true });
    expect(all.find(({ id }) => id === old.id)?.supersededBy).toBe(fresh.id);
    await sotto.updateProfile("ada", { data: { plan: "gold", city: "Bonn" } });
    const profile = await sotto.updateProfile({ id: "ada" }, { data: { city: null } });
    expect(profile).toMatchObject({ data: { plan: "gold" }, version: 2 });
    expect(await sotto.profile("ada")).toEqual(profile);
    expect((await sotto.profileHistory("ada")).map(({ version }) => version)).toEqual([1, 2]);
  });

  it("gives out all of a user, and forgets them", async () => {
    await sotto.remember("ada", "Ada has a dog called Rex.");
    await sotto.saveResponse({ ...ada, userText: "Rex is ill.", assistantText: "I am sorry." });
    const lines: string[] = [];
    for await (const line of sotto.export({ user: "ada" })) lines.push(line);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    expect(lines.join()).toContain("Rex is ill.");
    expect(await sotto.forget({ user: "ada" })).toMatchObject({ sessions: 1, turns: 2 });
    expect((await sotto.searchMemory("what is the dog called?", { user: "ada" })).contextText).not.toContain("Rex");
  });

  it("holds a session as an index of its own", async () => {
    const session = await sotto.session({ id: "call-9", user: "ada" });
    expect(await session.addDocs([returns, hours])).toMatchObject({ added: 2 });
    expect(session).toMatchObject({ id: "call-9", userId: "ada", docCount: 2 });
    expect((await session.query("router back", { topK: 1 })).hits[0]?.id).toBe("returns");
    expect(await session.deleteDocs(["hours"])).toMatchObject({ deleted: 1 });
    expect(await session.getDocs()).toHaveLength(1);
    expect(await session.pushIndex()).toMatchObject({ indexName: "call-9", docCount: 1 });
    await sotto.createIndex("more", [hours]);
    await session.loadIndex("more");
    expect(session.docCount).toBe(2);
    await session.close();
    await expect(session.turns()).rejects.toMatchObject({ code: "sotto.closed" });
  });

  it("serves whoever writes an adapter", async () => {
    const memory = createMemoryClient(sotto, ada);
    await memory.startSession();
    memory.prefetch("my order");
    await memory.afterTurn({ userText: "My order is 4471.", assistantText: "Noted." });
    expect((await memory.searchMemory("my order")).contextText).toContain("4471");
    expect((await memory.endSession()).memories).toBeGreaterThan(0);
    await memory.close();
  });

  it("closes once, whoever says so how often", async () => {
    await sotto.flush();
    await Promise.all([sotto.close(), sotto.close()]);
    await sotto[Symbol.asyncDispose]();
  });
});
