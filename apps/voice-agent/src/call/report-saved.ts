import type { Sotto } from "@sotto/core";
import type { SavedReport } from "./reports.ts";

/** The same memory, which also tells of each utterance once it is on disk. */
export function reportSaved(sotto: Sotto, report: (saved: SavedReport) => void): Sotto {
  const recordTurn: Sotto["recordTurn"] = async (turn) => {
    const start = performance.now();
    const itemId = await sotto.recordTurn(turn);
    if (itemId !== null) {
      report({ type: "saved", itemId, role: turn.role, text: turn.text, tookMs: performance.now() - start });
    }
    return itemId;
  };
  return Object.create(sotto, { recordTurn: { value: recordTurn } }) as Sotto;
}
