import type { MemoryToolOptions } from "@sotto/core/adapter";
import type { ToolScope } from "./tool-scope.ts";

export interface MemoryToolsOptions extends Omit<MemoryToolOptions, "nameOf"> {
  /** Whose memory: fixed, or taken from the config of the call. No tool has a parameter for it. */
  scope: ToolScope;
}
