import { testMemory } from "../../test/memory/test-memory.ts";
import { RecallGate } from "./recall-gate.ts";

describe("a thousand recalls at once", () => {
  it("are all answered, and never hold a turn of the event loop for long", async () => {
    let now = 0;
    const gate = new RecallGate(() => now);
    let thisTurn = 0;
    let most = 0;
    const work = (): number => {
      now += 3;
      thisTurn += 3;
      most = Math.max(most, thisTurn);
      setImmediate(() => {
        thisTurn = 0;
      });
      return 1;
    };
    const answers = await Promise.all(Array.from({ length: 100 }, () => gate.run(work)));
    expect(answers).toHaveLength(100);
    expect(most).toBeLessThanOrEqual(20);
  });

  it("know at once when they would come too late", () => {
    let now = 0;
    const gate = new RecallGate(() => now);
    for (let n = 0; n < 200; n++)
      void gate.run(() => {
        now += 5;
      });
    expect(gate.isFull(50)).toBe(true);
    expect(gate.isFull(100_000)).toBe(false);
  });

  it("say that they are overloaded, and still answer", async () => {
    const { memory } = testMemory();
    for (let n = 0; n < 30; n++) await memory.remember("ann", `Fact ${n} about boats and harbours.`);
    const recalls = await Promise.all(
      Array.from({ length: 200 }, () =>
        memory.searchMemory("boats", { user: "ann", lanes: ["permanent"], timeoutMs: 0.001 }),
      ),
    );
    for (const { trace } of recalls) expect(["ok", "late", "overloaded"]).toContain(trace.lanes.permanent.status);
    await memory.close();
  });
});
