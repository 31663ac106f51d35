import type { Clock } from "../../clock.ts";
import type { Turn, TurnInput } from "../../session/index.ts";
import type { Sotto } from "../../sotto.ts";
import type { Scope } from "../../user/index.ts";
import { DeadlineExceededError, withDeadline } from "../deadline.ts";
import { scopeKey } from "../scope.ts";

/** What an adapter says of a turn: whose it is stands in the scope. */
export type TurnDraft = Omit<TurnInput, "user" | "session">;

/** A turn, or what makes one of the turns that the session has by then; undefined writes nothing. */
export type DraftedTurn = TurnDraft | ((turns: readonly Turn[]) => TurnDraft | undefined);

export type WritingSotto = Pick<Sotto, "recordTurn" | "session" | "flush">;

export interface WriteWatch {
  late(): void;
  /** `error` is undefined when core counted and logged it. */
  failed(error: unknown): void;
}

/**
 * Writes turns: those of one session in order, those of different ones beside each other, none in the way of an answer.
 * What takes longer than the deadline is told, and written nevertheless.
 */
export class TurnWrites {
  readonly #sotto: WritingSotto;
  readonly #options: { recordTimeoutMs: number; clock: Clock };
  readonly #watch: WriteWatch;
  /** Of each session that is being written, what the next write waits for. */
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #pending = new Set<Promise<unknown>>();

  constructor(sotto: WritingSotto, options: { recordTimeoutMs: number; clock: Clock }, watch: WriteWatch) {
    this.#sotto = sotto;
    this.#options = options;
    this.#watch = watch;
  }

  /** The turn's id once it is on disk; null when it is not, or not yet after the deadline. Never rejects. */
  record(scope: Scope & { session: string }, drafted: DraftedTurn): Promise<string | null> {
    const { recordTimeoutMs: timeoutMs, clock } = this.#options;
    const at = clock.now();
    const key = scopeKey(scope);
    const before = this.#tails.get(key);
    // At once when nothing is before it: a process that ends now has handed it to the store.
    const written =
      before === undefined ? this.#write(scope, drafted, at) : before.then(() => this.#write(scope, drafted, at));
    this.#pending.add(written);
    void written.then(() => this.#pending.delete(written));
    const waited = withDeadline(() => written, {
      operation: "recordTurn",
      timeoutMs,
      clock,
    }).catch(() => {
      this.#watch.late();
      return null;
    });
    this.#tails.set(key, waited);
    void waited.then(() => {
      if (this.#tails.get(key) === waited) this.#tails.delete(key);
    });
    return waited;
  }

  /** Resolves once every turn so far is on disk, at the latest at the deadline; false then. Never rejects. */
  async flush(): Promise<boolean> {
    const { recordTimeoutMs: timeoutMs, clock } = this.#options;
    const all = async () => {
      while (this.#pending.size > 0) await Promise.all(this.#pending);
      await this.#sotto.flush();
    };
    try {
      await withDeadline(all, { operation: "flush", timeoutMs, clock });
      return true;
    } catch (error) {
      if (!DeadlineExceededError.isInstance(error)) this.#watch.failed(error);
      return false;
    }
  }

  async #write(scope: Scope & { session: string }, drafted: DraftedTurn, at: number): Promise<string | null> {
    try {
      const turn = typeof drafted === "function" ? drafted(await this.#turnsOf(scope)) : drafted;
      if (turn === undefined || turn.text.trim() === "") return null;
      // One that takes another's place stands where that stood.
      const said = turn.replaces === undefined ? { at } : {};
      const id = await this.#sotto.recordTurn({ ...said, ...turn, ...scope });
      if (id === null) this.#watch.failed(undefined);
      return id;
    } catch (error) {
      this.#watch.failed(error);
      return null;
    }
  }

  async #turnsOf({ user, session: id }: Scope & { session: string }): Promise<readonly Turn[]> {
    const session = await this.#sotto.session({ id, user });
    try {
      return await session.turns();
    } finally {
      await session.close({ end: false });
    }
  }
}
