/** What recall showed in a session, as far as its log keeps it (see the loop guard). */
export interface ShownTexts {
  /** Takes over hashes of sentences from the session's log. */
  restore(sessionId: string, sentences: Iterable<number>): void;
  /** Hashes that are in no log yet: they are written with the session's next turn. */
  takeUnsaved(sessionId: string): number[];
}
