export { FENCE_NAME, FENCE_NOTICE, fence } from "./composer/fence.ts";
export { neutralize } from "./composer/neutralize.ts";
export { MemorySources } from "./memory-sources.ts";
export type {
  Brief,
  BriefOptions,
  LaneStatus,
  LaneTrace,
  Recall,
  RecallEntry,
  RecallOptions,
  RecallSource,
  RecallTrace,
} from "./recall-types.ts";
export { Recaller } from "./recaller.ts";
export type { ShownRecalls } from "./shown-recalls.ts";
