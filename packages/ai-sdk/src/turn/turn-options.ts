import type { Logger, Recall, RecallOptions, Scope } from "@sotto/core";

/** How a turn is recalled and recorded; the same for the middleware and for agents. */
export interface TurnOptions
  extends Pick<
    RecallOptions,
    "lanes" | "topK" | "filter" | "minScore" | "orgIndexes" | "contextCharCap" | "perLaneCharCap" | "excludeLastTurns"
  > {
  /** Milliseconds that recall may take; then the model is asked without. Default 250. */
  timeoutMs?: number;
  /** Whether turns are recorded in `scope.session`. Default true. False where something else records them. */
  record?: boolean;
  /** Called with each recall, once a turn. What it throws is logged. */
  onRecall?: (recall: Recall, scope: Scope) => void;
  /** Where failures go that a call survives. Default: the console. */
  logger?: Pick<Logger, "warn">;
}

/** Failures that did not stop a call, counted. */
export interface TurnStats {
  /** Turns for which memory was asked. */
  recalls: number;
  /** Of these, the ones that came too late and were left out. */
  lateRecalls: number;
  failedRecalls: number;
  failedWrites: number;
}
