import { RecallFixture } from "../../test/memory/recall-fixture.ts";
import { turnConsolidator } from "../consolidation/turn-consolidator.ts";
import { type MemoryMethods, memoryMethods } from "../memory-methods.ts";
import { createMemoryClient } from "./memory-client.ts";

async function furnished(): Promise<MemoryMethods> {
  const fixture = await RecallFixture.open();
  await fixture.know("help", [{ id: "late", text: "A parcel is late after ten days." }]);
  return memoryMethods(fixture.context, turnConsolidator());
}

describe("the memory client", () => {
  it("carries a conversation from its start to permanent memory", async () => {
    const memory = await furnished();
    const client = createMemoryClient(memory, {
      user: "ada",
      session: "call-1",
    });
    expect(await client.startSession()).toEqual({
      sessionId: "call-1",
      versions: {
        session: expect.any(Number),
        profile: 0,
        permanent: expect.any(Number),
      },
      scopesLoaded: ["profile", "working", "permanent"],
    });
    expect(
      await client.afterTurn({
        turnId: "t1",
        userText: "My order number is 4471.",
        assistantText: "Thank you.",
      }),
    ).toEqual({ eventId: "t1" });
    expect(
      await client.afterTurn({
        turnId: "t1",
        userText: "My order number is 4471.",
        assistantText: "Thank you.",
      }),
    ).toEqual({ eventId: "t1" });
    const { working, org } = await client.searchMemory("which order number, and is the parcel late?");
    expect(working.map(({ id }) => id)).toContain("t1/user");
    expect(org.map(({ id }) => id)).toEqual(["late"]);
    expect((await client.brief()).turns).toHaveLength(2);
    expect(await client.endSession()).toEqual({
      sessionId: "call-1",
      memories: 1,
    });

    const next = createMemoryClient(memory, { user: "ada" });
    const { sessionId } = await next.startSession();
    const { permanent } = await next.searchMemory("order number", {
      session: sessionId,
    });
    expect(permanent[0]?.text).toContain("4471");
    await next.close();
    await memory.close();
  });

  it("prefetches for its scope", async () => {
    const memory = await furnished();
    const client = createMemoryClient(memory, {
      user: "ada",
      session: "call-1",
    });
    await client.startSession();
    await client.afterTurn({
      userText: "My parcel is blue.",
      assistantText: "I see.",
    });
    await client.searchMemory("warm up");
    client.prefetch("is my parcel late");
    expect((await client.searchMemory("Is my parcel late?")).trace.prefetched?.text).toBe("is my parcel late");
    await memory.close();
  });

  it("makes a tool for its scope, whatever the model asks", async () => {
    const memory = await furnished();
    const client = createMemoryClient(memory, { user: "ada" });
    await memory.remember("ada", "Ada has a blue kettle.");
    await memory.remember("ben", "Ben has a red kettle.");
    const tool = client.searchMemoryTool();
    const result = await tool.handler({ query: "which kettle", user: "ben" });
    expect(JSON.stringify(result)).toContain("blue kettle");
    expect(JSON.stringify(result)).not.toContain("red kettle");
    await memory.close();
  });

  it("says which part of the scope is missing", async () => {
    const memory = await furnished();
    const client = createMemoryClient(memory);
    await expect(client.searchMemory("hello")).rejects.toMatchObject({
      code: "argument.invalid",
      argument: "user",
    });
    await expect(client.startSession()).rejects.toMatchObject({
      argument: "user",
    });
    await expect(client.afterTurn({ user: "ada", userText: "a", assistantText: "b" })).rejects.toMatchObject({
      argument: "session",
    });
    await expect(client.endSession({ user: "ada" })).rejects.toMatchObject({
      argument: "session",
    });
    await expect(client.endSession({ user: "ada", session: "never" })).rejects.toMatchObject({
      code: "session.not_found",
    });
    expect(() => client.searchMemoryTool()).toThrow(expect.objectContaining({ argument: "user" }));
    expect(() => client.prefetch("hello")).toThrow(expect.objectContaining({ argument: "user" }));
    await memory.close();
  });
});
