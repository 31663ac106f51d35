import { createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { reportSaved } from "./report-saved.ts";
import type { SavedReport } from "./reports.ts";

const turn = {
  user: "ann",
  session: "call-1",
  role: "user",
  text: "My cat is called Bertolt.",
  itemId: "item-1",
} as const;

describe("memory that reports", () => {
  it("tells of an utterance once it is stored, and is the same memory otherwise", async () => {
    const sotto = createSotto({ storage: memoryStorage() });
    const reports: SavedReport[] = [];
    const reporting = reportSaved(sotto, (report) => reports.push(report));
    expect(await reporting.recordTurn(turn)).toBe("item-1");
    expect(reports).toEqual([
      { type: "saved", itemId: "item-1", role: "user", text: turn.text, tookMs: expect.any(Number) },
    ]);
    const session = await reporting.session("call-1");
    expect(await session.turns()).toMatchObject([{ id: "item-1", text: turn.text }]);
    expect(reporting.stats).toEqual(sotto.stats);
    await session.close();
    await sotto.close();
  });

  it("does not tell of an utterance that could not be stored", async () => {
    const reports: SavedReport[] = [];
    const failing = { recordTurn: async () => null } as unknown as Sotto;
    expect(await reportSaved(failing, (report) => reports.push(report)).recordTurn(turn)).toBeNull();
    expect(reports).toEqual([]);
  });
});
