import { codeOf } from "../errors/index.ts";
import { type Redact, redactDeep } from "../redact/index.ts";
import { inSpan } from "../telemetry/index.ts";
import type { MemoryContext, Scope, UserRef } from "../user/index.ts";
import type { OpenSession } from "./open-session.ts";
import type { SessionRegistry } from "./session-registry.ts";
import type { ResponseInput, Turn, TurnInput } from "./turn.ts";
import { toTurn, toTurns, turnIdsOf, turnPieces } from "./turn-input.ts";

type WriteScope = Scope & {
  session: string;
  at?: number;
  replaces?: string | readonly string[];
  durability?: "commit" | "queued";
};

/** Erases turns of a session, and what was made from them. */
export type EraseTurns = (sessionId: string, turnIds: readonly string[]) => Promise<unknown>;

/** Writes turns; a failure is counted and logged, never thrown: a call goes on. */
export class TurnWriter {
  readonly #context: MemoryContext;
  readonly #sessions: SessionRegistry;
  readonly #erase: EraseTurns;
  readonly #keepInfo: (user: UserRef) => Promise<void>;

  /** `keepInfo` keeps what a user reference says of its user. */
  constructor(
    context: MemoryContext,
    sessions: SessionRegistry,
    { erase, keepInfo }: { erase: EraseTurns; keepInfo: (user: UserRef) => Promise<void> },
  ) {
    this.#context = context;
    this.#sessions = sessions;
    this.#erase = erase;
    this.#keepInfo = keepInfo;
  }

  /** Nothing is written, and the result is null, for a text that is blank: nothing was said. */
  recordTurn(input: TurnInput): Promise<string | null> {
    return this.#write(input, () => {
      const turn = toTurn(input, this.#context.clock.now(), this.#context.limits);
      return turn === undefined ? undefined : { id: turn.id, turns: turnPieces(turn, this.#context.limits) };
    });
  }

  /** Both halves of an exchange in one batch. */
  saveResponse(input: ResponseInput): Promise<string | null> {
    return this.#write(input, () => {
      const { turnId, turns } = toTurns(input, this.#context.clock.now(), this.#context.limits);
      const { limits } = this.#context;
      return turns.length === 0 ? undefined : { id: turnId, turns: turns.flatMap((turn) => turnPieces(turn, limits)) };
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
        await this.#keepInfo(scope.user);
        const { durability, replaces } = scope;
        const { redact } = this.#context;
        const said = redact === undefined ? made.turns : made.turns.map((turn) => redactTurn(turn, redact));
        const turns =
          replaces === undefined
            ? inOrder(session, scope, said)
            : await this.#inPlaceOf(session, scope, replaces, said);
        const { committed } = await session.record(turns, {
          ...(durability === undefined ? {} : { durability }),
          replaced: replaces !== undefined,
        });
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

  /** Erases what the turns replace, and answers them at the place of the first of those. */
  async #inPlaceOf(
    session: OpenSession,
    scope: WriteScope,
    replaces: string | readonly string[],
    turns: Turn[],
  ): Promise<Turn[]> {
    const ids = new Set(turnIdsOf(replaces, this.#context.limits));
    await session.refresh();
    const replaced = session.turns.filter(({ id }) => ids.has(id));
    const [first] = replaced;
    if (first === undefined) return turns;
    await this.#erase(
      session.id,
      replaced.map(({ id }) => id),
    );
    return scope.at === undefined ? turns.map((turn) => ({ ...turn, at: first.at })) : turns;
  }

  #countFailedWrite(scope: { session?: unknown }, error: unknown): void {
    this.#context.stats.failedWrites++;
    this.#context.logger.error("a turn could not be stored", { session: sessionOf(scope), error: codeOf(error) });
  }
}

/** A clock that was set back does not put what is said now before what was said. Times that the caller gives stay as they are. */
function inOrder(session: OpenSession, scope: WriteScope, turns: Turn[]): Turn[] {
  const last = session.turns.at(-1);
  if (scope.at !== undefined || last === undefined) return turns;
  return turns.map((turn) => (turn.at < last.at ? { ...turn, at: last.at } : turn));
}

function sessionOf(scope: { session?: unknown } | undefined): string {
  return typeof scope?.session === "string" ? scope.session.slice(0, 200) : "unknown";
}

/** What is kept of a turn: its words, and what tools were given and answered. */
function redactTurn(turn: Turn, redact: Redact): Turn {
  const { text, toolCalls, metadata } = turn;
  return {
    ...turn,
    text: redact(text),
    ...(toolCalls === undefined ? {} : { toolCalls: redactDeep(toolCalls, redact) }),
    ...(metadata === undefined ? {} : { metadata: redactDeep(metadata, redact) }),
  };
}
