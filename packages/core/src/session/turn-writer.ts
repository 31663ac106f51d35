import { codeOf } from "../errors/index.ts";
import { inSpan } from "../telemetry/index.ts";
import type { MemoryContext, Scope } from "../user/index.ts";
import type { SessionRegistry } from "./session-registry.ts";
import type { ResponseInput, Turn, TurnInput } from "./turn.ts";
import { toTurn, toTurns } from "./turn-input.ts";

type WriteScope = Scope & { session: string; durability?: "commit" | "queued" };

/** Writes turns; a failure is counted and logged, never thrown: a call goes on. */
export class TurnWriter {
  readonly #context: MemoryContext;
  readonly #sessions: SessionRegistry;

  constructor(context: MemoryContext, sessions: SessionRegistry) {
    this.#context = context;
    this.#sessions = sessions;
  }

  /** Nothing is written, and the result is null, for a text that is blank: nothing was said. */
  recordTurn(input: TurnInput): Promise<string | null> {
    return this.#write(input, () => {
      const turn = toTurn(input, this.#context.clock.now(), this.#context.limits);
      return turn === undefined ? undefined : { id: turn.id, turns: [turn] };
    });
  }

  /** Both halves of an exchange in one batch. */
  saveResponse(input: ResponseInput): Promise<string | null> {
    return this.#write(input, () => {
      const { turnId, turns } = toTurns(input, this.#context.clock.now(), this.#context.limits);
      return turns.length === 0 ? undefined : { id: turnId, turns };
    });
  }

  #write(scope: WriteScope, make: () => { id: string; turns: Turn[] } | undefined): Promise<string | null> {
    return inSpan(
      "sotto.save",
      { "sotto.durability": scope?.durability ?? "commit" },
      () => this.#writeTurns(scope, make),
      (id) => ({ "sotto.saved": id !== null }),
    );
  }

  async #writeTurns(scope: WriteScope, make: () => { id: string; turns: Turn[] } | undefined): Promise<string | null> {
    try {
      const made = make();
      if (made === undefined) return null;
      const { value: session, release } = await this.#sessions.acquire(scope.session);
      try {
        await session.claimFor(scope.user);
        const { durability } = scope;
        const { committed } = await session.record(made.turns, durability === undefined ? {} : { durability });
        committed?.catch((error: unknown) => this.#countFailedWrite(scope, error));
      } finally {
        release();
      }
      return made.id;
    } catch (error) {
      this.#countFailedWrite(scope, error);
      return null;
    }
  }

  #countFailedWrite(scope: { session?: unknown }, error: unknown): void {
    this.#context.stats.failedWrites++;
    this.#context.logger.error("a turn could not be stored", { session: sessionOf(scope), error: codeOf(error) });
  }
}

function sessionOf(scope: { session?: unknown } | undefined): string {
  return typeof scope?.session === "string" ? scope.session.slice(0, 200) : "unknown";
}
