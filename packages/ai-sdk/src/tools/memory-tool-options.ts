import type { Scope } from "@sotto/core";
import type { MemoryToolOptions as KitOptions } from "@sotto/core/adapter";

/** The tools that change something. */
export type WriteToolName = "addDocuments" | "remember" | "forget";

export interface MemoryToolOptions<Write extends WriteToolName = never> extends Omit<KitOptions, "write" | "nameOf"> {
  /** Whose memory. Left out, every tool takes it from `toolsContext`. A model never names it. */
  scope?: Scope | undefined;
  /** Tools that change something; none unless named here. */
  write?: readonly Write[] | undefined;
  /** Whether a write waits for the user's approval. Default true. */
  needsApproval?: boolean | Partial<Record<WriteToolName, boolean>> | undefined;
}
