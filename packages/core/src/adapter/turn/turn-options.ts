import type { Clock } from "../../clock.ts";
import type { Logger } from "../../logger.ts";
import type { Recall, RecallOptions } from "../../recall/index.ts";
import type { Scope } from "../../user/index.ts";

/** How a turn is recalled and recorded: the same names in every adapter. */
export interface TurnOptions
  extends Pick<
    RecallOptions,
    | "lanes"
    | "topK"
    | "filter"
    | "minScore"
    | "orgIndexes"
    | "contextCharCap"
    | "perLaneCharCap"
    | "excludeLastTurns"
    | "intent"
  > {
  /** The longest that an answer waits for memory, milliseconds. Then it is given without. Default 250. */
  timeoutMs?: number | undefined;
  /** Whether turns are recorded in the scope's session. Default true. False where something else records them. */
  record?: boolean | undefined;
  /** The longest that anything waits for a turn to be written, milliseconds; it is written nevertheless. Default 5,000. */
  recordTimeoutMs?: number | undefined;
  /** Words the block that a model is shown; `contextText` has to be in it as it is. Default: `contextText` alone. */
  promptTemplate?: ((contextText: string, recall: Recall) => string) | undefined;
  /** Called with each recall that answered, once a turn. What it throws is logged. */
  onRecall?: ((recall: Recall, scope: Scope) => void) | undefined;
  /** Where failures go that a call survives. Default: the console. */
  logger?: Pick<Logger, "warn"> | Logger | undefined;
  /** Default: the system's. */
  clock?: Clock | undefined;
}

/** Failures that did not stop a call, counted. */
export interface TurnStats {
  /** Times that memory was asked. */
  recalls: number;
  /** Of these, the ones that came too late and were left out. */
  lateRecalls: number;
  failedRecalls: number;
  /** Turns that were not written within `recordTimeoutMs`; they may be later. */
  lateWrites: number;
  failedWrites: number;
}
