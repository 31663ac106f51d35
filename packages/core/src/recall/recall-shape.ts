import { checkOptions, elsewhere, type OptionShape, signal } from "../options.ts";
import type { BriefOptions, RecallOptions } from "./recall-types.ts";

/** Values are checked where the request is made of them; here it is that a call knows its options. */
const recallShape: OptionShape<RecallOptions> = {
  user: elsewhere,
  session: elsewhere,
  lanes: elsewhere,
  topK: elsewhere,
  intent: elsewhere,
  filter: elsewhere,
  minScore: elsewhere,
  timeoutMs: elsewhere,
  signal,
  orgIndexes: elsewhere,
  asOf: elsewhere,
  excludeTurnIds: elsewhere,
  excludeLastTurns: elsewhere,
  alpha: elsewhere,
  rerank: elsewhere,
  speaker: elsewhere,
  agents: elsewhere,
  contextCharCap: elsewhere,
  perLaneCharCap: elsewhere,
};

const briefShape: OptionShape<BriefOptions> = {
  user: elsewhere,
  session: elsewhere,
  maxTurns: elsewhere,
  maxMemories: elsewhere,
  contextCharCap: elsewhere,
  timeoutMs: elsewhere,
};

/** Throws `argument.invalid` for an option that `searchMemory` does not have. */
export function checkRecallOptions(options: RecallOptions): void {
  checkOptions("searchMemory", options, recallShape);
}

/** Throws `argument.invalid` for an option that `brief` does not have. */
export function checkBriefOptions(options: BriefOptions): void {
  checkOptions("brief", options, briefShape);
}
