import type { UserMemory } from "../permanent/user-memory.ts";
import type { UserRef } from "../scope.ts";

export interface AcquiredUser {
  memory: UserMemory;
  release(): void;
}

/** Signatures first; the body follows. */
export declare class UserPool {
  acquire(user: UserRef): Promise<AcquiredUser>;
  /** The same without waiting, when the user's memory is open. */
  tryAcquire(user: UserRef): AcquiredUser | undefined;
  close(): Promise<void>;
}
