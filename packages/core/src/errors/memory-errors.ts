import { SottoError } from "./sotto-error.ts";

/** A memory was to be superseded that another one has replaced already: read it again, and supersede that one. */
export class MemorySupersededError extends SottoError {
  static override readonly code = "memory.superseded";
  readonly memoryId: string;
  readonly supersededBy: string;

  constructor(memoryId: string, supersededBy: string) {
    super("memory.superseded", `The memory "${memoryId}" is superseded by "${supersededBy}" already.`, {
      memoryId,
      supersededBy,
    });
    this.memoryId = memoryId;
    this.supersededBy = supersededBy;
  }
}
