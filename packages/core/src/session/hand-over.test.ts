import { testMemory } from "../../test/memory/test-memory.ts";
import { sqliteStorage } from "../storage/node/sqlite-storage.ts";
import { startChild } from "../storage/node/test/child.ts";
import { removeTemporaryFolders, temporaryFolder } from "../storage/node/test/temporary-folder.ts";
import { LEASE_MS } from "./lease.ts";

const program = "../../../../test/memory/session-child";
const user = { id: "ann", name: "Ann" };

afterAll(removeTemporaryFolders);

describe("two processes on one store", () => {
  it("hand a call over: each sees all that the other wrote", async () => {
    const directory = temporaryFolder();
    const storage = sqliteStorage({ directory });
    const { memory } = testMemory({ storage });
    const session = await memory.session({ id: "call-1", user });
    await session.addDocs([{ id: "d", text: "The order is 4471." }]);
    await memory.recordTurn({ user, session: "call-1", role: "user", text: "Hello, it is Ann." });
    const recorded = Promise.withResolvers<void>();
    const child = startChild(program, [directory, "take-over"], (line) => line === "recorded" && recorded.resolve());
    await Promise.race([recorded.promise, child.ended]);
    expect((await session.turns()).map(({ text }) => text)).toEqual(["Hello, it is Ann.", "I take over."]);
    await memory.recordTurn({ user, session: "call-1", role: "user", text: "Good." });
    expect(await child.ended).toBe(0);
    expect(child.lines).toEqual([JSON.stringify(["Hello, it is Ann.", "The order is 4471."]), "recorded", "Good."]);
    await memory.close();
    await storage.close();
  }, 30_000);

  it("lose nothing acknowledged to kill -9, and the next call knows what was said in the lost one", async () => {
    const directory = temporaryFolder();
    const child = startChild(
      program,
      [directory, "talk"],
      (_, running) => child.lines.length >= 20 && running.kill("SIGKILL"),
    );
    expect(await child.ended).toBe("SIGKILL");
    const acknowledged = child.lines.filter((line) => line.startsWith("turn-"));
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);

    const storage = sqliteStorage({ directory });
    const { memory, clock } = testMemory({ storage });
    clock.advance(LEASE_MS * 2);
    const next = await memory.session({ id: "call-2", user });
    const lost = await memory.session({ id: "call-1", user });
    const ids = new Set((await lost.turns()).map(({ id }) => id));
    expect(acknowledged.filter((id) => !ids.has(`${id}/user`) || !ids.has(`${id}/assistant`))).toEqual([]);
    const remembered = (await memory.memories("ann")).map(({ text }) => text);
    for (const id of acknowledged)
      expect(remembered).toEqual(
        expect.arrayContaining([
          `Ann: I visited town number ${id.slice(5)}.`,
          `Assistant: Town ${id.slice(5)} is fine.`,
        ]),
      );
    await Promise.all([next, lost].map((session) => session.close({ end: false })));
    await memory.close();
    await storage.close();
  }, 30_000);
});
