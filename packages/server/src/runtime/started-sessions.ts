import { type Session, type Sotto, SottoError } from "@sotto/core";

/** Held open at once; who was heard of longest ago is let go of, and starts again. */
const MOST = 1_000;

/** The sessions that were started here and not ended, each held open so that a recall finds it in memory. */
export class StartedSessions {
  readonly #sotto: Sotto;
  readonly #started = new Map<string, Session>();

  constructor(sotto: Sotto) {
    this.#sotto = sotto;
  }

  /** Rejects with `session.identity_mismatch` for a session of somebody else. */
  async start(id: string, userId: string): Promise<Session> {
    const session = await this.#sotto.session({ id, user: userId });
    const before = this.#started.get(id);
    this.#started.delete(id);
    this.#started.set(id, session);
    await before?.close({ end: false });
    const [oldest] = this.#started.keys();
    if (this.#started.size > MOST && oldest !== undefined) await this.letGo(oldest);
    return session;
  }

  /** Throws `runtime.session_not_found` or `runtime.identity_mismatch`. */
  of(id: string, userId: string): Session {
    const session = this.#started.get(id);
    if (session === undefined)
      throw new SottoError("runtime.session_not_found", "No such session was started. Call session/start first.", {});
    if (session.userId !== userId)
      throw new SottoError("runtime.identity_mismatch", "The session belongs to another user.", {});
    this.#started.delete(id);
    this.#started.set(id, session);
    return session;
  }

  async letGo(id: string): Promise<void> {
    const session = this.#started.get(id);
    this.#started.delete(id);
    await session?.close({ end: false });
  }

  async close(): Promise<void> {
    for (const id of [...this.#started.keys()]) await this.letGo(id);
  }
}
