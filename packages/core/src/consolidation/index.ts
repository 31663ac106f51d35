export { CatchUp } from "./catch-up.ts";
export { Consolidation } from "./consolidation.ts";
export type { ConsolidationInput, ConsolidationResult, Consolidator } from "./consolidator.ts";
export { episodeConsolidator } from "./episode-consolidator.ts";
export { LoopGuard } from "./loop-guard/loop-guard.ts";
