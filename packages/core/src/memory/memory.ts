import type { MemoryContext } from "./memory-context.ts";

/** Signatures first; the body follows. */
export declare class Memory {
  constructor(context: MemoryContext);
}
