import { sqliteStorage } from "../../src/node.ts";
import { removeTemporaryFolders, temporaryFolder } from "../../src/storage/node/test/temporary-folder.ts";
import { testMemory } from "./test-memory.ts";

const ann = { id: "ann", name: "Ann" };

afterAll(removeTemporaryFolders);

describe("what recall can be asked for", () => {
  it("is what one speaker said", async () => {
    const { memory } = testMemory();
    const call = { user: ann, session: "s1" };
    await memory.recordTurn({ ...call, role: "user", text: "My boat is called Aurora." });
    await memory.recordTurn({ ...call, role: "assistant", text: "The boat Aurora is insured until June." });
    await memory.endSession(call);
    const said = async (speaker?: string) =>
      (await memory.searchMemory("boat", { user: ann, ...(speaker === undefined ? {} : { speaker }) })).permanent.map(
        ({ role }) => role,
      );
    expect((await said()).sort()).toEqual(["assistant", "user"]);
    expect(await said("user")).toEqual(["user"]);
    expect(await said("Ann")).toEqual(["user"]);
    expect(await said("assistant")).toEqual(["assistant"]);
  });

  it("is what calls with some agents hold, and provenance says which agent held one", async () => {
    const billing = testMemory({ agent: "billing" });
    await billing.memory.recordTurn({
      user: ann,
      session: "s1",
      role: "user",
      text: "My invoice for the boat is wrong.",
    });
    await billing.memory.endSession({ user: ann, session: "s1" });
    const support = testMemory({ agent: "support", storage: billing.storage, clock: billing.clock });
    await support.memory.recordTurn({ user: ann, session: "s2", role: "user", text: "My boat does not start." });
    await support.memory.endSession({ user: ann, session: "s2" });
    const { permanent } = await support.memory.searchMemory("boat", { user: ann, agents: ["billing"] });
    expect(permanent.map(({ text }) => text)).toEqual(["My invoice for the boat is wrong."]);
    expect(permanent[0]?.provenance?.[0]?.agent).toBe("billing");
  });

  it("is memories whose metadata match, and all that was said", async () => {
    const { memory } = testMemory();
    await memory.remember(ann, { text: "The boat is insured.", metadata: { topic: "insurance", tags: ["boat"] } });
    await memory.remember(ann, { text: "The boat is painted red.", metadata: { topic: "looks" } });
    await memory.recordTurn({ user: ann, session: "s1", role: "user", text: "My boat is called Aurora." });
    await memory.endSession({ user: ann, session: "s1" });
    const { permanent } = await memory.searchMemory("boat", { user: ann, filter: { topic: "insurance" } });
    expect(permanent.map(({ text }) => text).sort()).toEqual(["My boat is called Aurora.", "The boat is insured."]);
  });

  it("is by words alone with alpha 0, and refuses one that is none", async () => {
    const { memory } = testMemory();
    for (let n = 0; n < 80; n++) await memory.remember(ann, `Note ${n} about harbours and the weather on that day.`);
    await memory.remember(ann, "The vessel is called Aurora.");
    expect((await memory.searchMemory("vessel", { user: ann, alpha: 0 })).permanent[0]?.text).toContain("vessel");
    await expect(memory.searchMemory("vessel", { user: ann, alpha: 2 })).rejects.toMatchObject({
      code: "argument.invalid",
    });
  });

  it("is put in order by the reranker, unless that is late or fails", async () => {
    const ask = async (rerank: () => Promise<readonly number[]>, more = {}) => {
      const { memory, clock, logged } = testMemory({ reranker: { id: "test", rerank } });
      await memory.remember(ann, "The boat is insured.");
      await memory.remember(ann, "The boat is red.");
      const asked = memory.searchMemory("is the boat insured?", { user: ann, lanes: ["permanent"], ...more });
      for (let n = 0; n < 20; n++) await new Promise(setImmediate);
      clock.advance(240);
      const { permanent, trace } = await asked;
      return { first: permanent[0]?.text, degraded: trace.degraded, logged };
    };
    const plain = await ask(async () => [0.1, 0.9], { rerank: false });
    const reranked = await ask(async () => [0.1, 0.9]);
    expect(reranked.first).not.toBe(plain.first);
    expect(await ask(() => new Promise(() => undefined))).toMatchObject({ first: plain.first, degraded: false });
    const failed = await ask(() => Promise.reject(new Error("no model")));
    expect(failed).toMatchObject({ first: plain.first, degraded: false });
    expect(failed.logged).toHaveLength(1);
  });
});

describe("what is known of a user", () => {
  it("is kept with the profile, and merged into what is there", async () => {
    const { memory } = testMemory();
    const turn = { session: "s1", role: "user" as const, text: "I like rowing." };
    await memory.recordTurn({ ...turn, user: { ...ann, metadata: { plan: "Basic", city: "Oslo" } } });
    await memory.recordTurn({ ...turn, user: { ...ann, metadata: { plan: "Pro" }, timeZone: "Asia/Tokyo" } });
    expect((await memory.profile("ann")).data).toEqual({ plan: "Pro", city: "Oslo", timeZone: "Asia/Tokyo" });
    expect((await memory.profile("ann")).version).toBe(2);
  });

  it("has a time zone, in which days are shown", async () => {
    const { memory } = testMemory();
    const tokyo = { ...ann, timeZone: "Asia/Tokyo" };
    const at = Date.UTC(2025, 0, 1, 20);
    await memory.recordTurn({ user: tokyo, session: "s1", role: "user", text: "I like rowing.", at });
    await memory.endSession({ user: ann, session: "s1" });
    expect((await memory.searchMemory("rowing", { user: ann })).contextText).toContain("[2025-01-02, Ann]");
    await expect(memory.searchMemory("x", { user: { id: "ann", timeZone: "Mars/Olympus" } })).rejects.toMatchObject({
      code: "argument.invalid",
    });
  });

  it("is a list of sessions, with who held them and how they went", async () => {
    const { memory, clock } = testMemory({ agent: "billing" });
    await memory.recordTurn({ user: ann, session: "s1", role: "user", text: "I like rowing.", at: 1_000 });
    await memory.recordTurn({
      user: ann,
      session: "s1",
      role: "assistant",
      text: "Rowing is",
      at: 2_000,
      interrupted: true,
    });
    await memory.endSession({ user: ann, session: "s1" });
    await memory.recordTurn({ user: ann, session: "s2", role: "user", text: "I sail, too.", at: 3_000 });
    expect(await memory.listSessions({ user: ann })).toEqual([
      { id: "s2", agent: "billing", began: 3_000, turns: 1, interrupted: 0 },
      { id: "s1", agent: "billing", began: 1_000, ended: clock.now(), turns: 2, interrupted: 1 },
    ]);
    expect(await memory.listSessions({ user: "nobody" })).toEqual([]);
  });
});

describe("what was said a moment ago", () => {
  it("is recalled in the next call of the same process, though nothing has ended or reached the disk", async () => {
    const { memory, storage } = testMemory({ storage: sqliteStorage({ directory: temporaryFolder() }) });
    await memory.recordTurn({
      user: ann,
      session: "s1",
      role: "user",
      text: "My boat is called Aurora.",
      durability: "queued",
    });
    const { contextText } = await memory.searchMemory("What is my boat called?", {
      user: ann,
      session: "s2",
      timeoutMs: 5_000,
    });
    expect(contextText).toContain("Aurora");
    await memory.close();
    await storage.close();
  });
});
