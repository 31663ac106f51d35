import type { Recall, ShownRecalls } from "../../recall/index.ts";
import type { ShownTexts } from "../../session/index.ts";
import { bound, hashOf, KnownText, type Stripped } from "./known-text.ts";

const MOST_SESSIONS = 256;
/** Texts that one session may have waiting to be hashed; older ones go. */
const MOST_WAITING = 512;

interface SessionGuard {
  known: KnownText;
  /** Recalled since the last look, not hashed yet, so that recall does not pay for it. */
  waiting: Set<string>;
  /** Hashes of the texts that have waited, with their lengths above 32 bits. */
  seen: Set<number>;
  unsaved: number[];
}

/**
 * Remembers, per session, what recall showed from outside of it (profile, permanent memory, documents), so that an agent
 * that repeats it does not have it stored once more as new. Turns of the session itself are not remembered: they are
 * what is to be stored. In this process; `takeUnsaved` gives what belongs in the session's log, with the next turn.
 */
export class LoopGuard implements ShownRecalls, ShownTexts {
  #sessions = new Map<string, SessionGuard>();

  /** Called for every recall that has a session. Cheap: hashing waits until someone asks. */
  remember(sessionId: string, recall: Pick<Recall, "profile" | "permanent" | "org">): void {
    const guard = this.#guardOf(sessionId);
    if (recall.profile !== null) this.#wait(guard, recall.profile.summary);
    for (const entry of recall.permanent) {
      this.#wait(guard, entry.said ?? entry.text);
      if (entry.answers !== undefined) this.#wait(guard, entry.answers.text);
    }
    for (const entry of recall.org) this.#wait(guard, entry.text);
  }

  /** True when the text says nothing but what was recalled in this session. */
  isRecalled(sessionId: string, text: string): boolean {
    return this.#sessions.has(sessionId) && this.known(sessionId).has(text);
  }

  /** The text without the sentences that were recalled in this session. */
  stripRecalled(sessionId: string, text: string): Stripped {
    return this.#sessions.has(sessionId) ? this.known(sessionId).strip(text) : { text, stripped: false };
  }

  /** Everything that was recalled in this session, by this process or (`restore`) before. */
  known(sessionId: string): KnownText {
    const guard = this.#guardOf(sessionId);
    for (const text of guard.waiting) for (const hash of guard.known.add(text)) guard.unsaved.push(hash);
    guard.waiting.clear();
    return guard.known;
  }

  /** Hashes that are in no log yet: write them with the session's next turn, as `{ type: "recalled", sentences }`. */
  takeUnsaved(sessionId: string): number[] {
    if (!this.#sessions.has(sessionId)) return [];
    this.known(sessionId);
    return this.#guardOf(sessionId).unsaved.splice(0);
  }

  /** Hashes from the session's log. */
  restore(sessionId: string, sentences: Iterable<number>): void {
    this.#guardOf(sessionId).known.addSentences(sentences);
  }

  /** Drops what is known of a session. */
  forget(sessionId: string): void {
    this.#sessions.delete(sessionId);
  }

  #wait(guard: SessionGuard, text: string): void {
    const hash = hashOf(text) + text.length * 2 ** 32;
    if (text === "" || guard.seen.has(hash)) return;
    guard.seen.add(hash);
    guard.waiting.add(text);
    bound(guard.seen, MOST_WAITING);
    bound(guard.waiting, MOST_WAITING);
  }

  #guardOf(sessionId: string): SessionGuard {
    const guard = this.#sessions.get(sessionId) ?? {
      known: new KnownText(),
      waiting: new Set(),
      seen: new Set(),
      unsaved: [],
    };
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, guard);
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_SESSIONS) break;
      this.#sessions.delete(oldest);
    }
    return guard;
  }
}
