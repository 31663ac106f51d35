export { CatchUp } from "./catch-up.ts";
export { Consolidation } from "./consolidation.ts";
export type { ConsolidationInput, ConsolidationResult, Consolidator } from "./consolidator.ts";
export { episodesToTurns } from "./episodes-to-turns.ts";
export { LoopGuard } from "./loop-guard/loop-guard.ts";
export { TURNS_ID, turnConsolidator } from "./turn-consolidator.ts";
