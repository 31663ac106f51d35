import type { Recall } from "./recall-types.ts";

/** Hears what recall shows in a session, so that an agent that repeats it does not have it stored as new. */
export interface ShownRecalls {
  /** Called for every recall that has a session. */
  remember(sessionId: string, recall: Pick<Recall, "profile" | "permanent" | "org">): void;
  /** Drops what is known of a session. */
  forget(sessionId: string): void;
}
