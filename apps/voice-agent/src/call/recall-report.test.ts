import { createSotto, memoryStorage } from "@sotto/core";
import type { RecallEvent } from "@sotto/livekit";
import { recallReport } from "./recall-report.ts";

describe("the report of a recall", () => {
  it("says what each lane found, where it comes from, and how long it took", async () => {
    const sotto = createSotto({ storage: memoryStorage() });
    await sotto.createIndex("knowledge", [
      { id: "sim", text: "A second SIM costs 3 EUR a month.", metadata: { title: "Mobile plans" } },
    ]);
    const recall = await sotto.searchMemory("What does a second SIM cost?", { user: "ann", timeoutMs: 30_000 });
    const event: RecallEvent = {
      messageId: "m1",
      query: "What does a second SIM cost?",
      status: "ok",
      waitedMs: 4,
      recall,
    };
    const report = recallReport(event);
    expect(report).toMatchObject({ type: "recall", messageId: "m1", status: "ok", waitedMs: 4, prefetched: false });
    expect(report.found).toEqual([
      { lane: "org", source: "Mobile plans", text: "A second SIM costs 3 EUR a month.", score: expect.any(Number) },
    ]);
    expect(report.lanes).toContainEqual({ lane: "org", status: "ok", hits: 1, ms: expect.any(Number) });
    await sotto.close();
  });

  it("has nothing but the reason when memory was late", () => {
    expect(recallReport({ messageId: "m1", query: "Hello?", status: "late", waitedMs: 250 })).toMatchObject({
      status: "late",
      lanes: [],
      found: [],
    });
  });
});
