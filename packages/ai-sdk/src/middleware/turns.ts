import type { Scope } from "@sotto/core";
import type { Conversation } from "../turn/conversation.ts";
import { scopeKey } from "../turn/scope-option.ts";
import type { TurnMemory } from "../turn/turn-memory.ts";
import { Turn } from "./turn.ts";

/** Turns that may go on or be asked again. The oldest is let go, and recorded, beyond this. */
const MOST_TURNS = 64;

/** The turns of one middleware, so that all steps of a turn share one recall and one record. */
export class Turns {
  readonly #memory: TurnMemory;
  readonly #settleAfterMs: number;
  #turns = new Map<string, Turn>();

  constructor(memory: TurnMemory, settleAfterMs: number) {
    this.#memory = memory;
    this.#settleAfterMs = settleAfterMs;
  }

  /** The turn of a prompt: the one under way, or a new one, with which those before it in its session are over. */
  open(conversation: Conversation, scope: Scope, signal: AbortSignal | undefined): Turn {
    const owner = scopeKey(scope);
    const key = `${owner} ${conversation.turnId}`;
    const known = this.#turns.get(key);
    if (known !== undefined) return known;
    for (const [otherKey, other] of this.#turns) {
      if (other.running === 0 && otherKey.startsWith(`${owner} `)) other.settle();
    }
    const turn = new Turn(this.#memory, conversation, { scope, signal, settleAfterMs: this.#settleAfterMs });
    this.#turns.set(key, turn);
    void turn.recall.then(() => {
      // What an aborted call did not recall, the next one may.
      if (signal?.aborted && turn.running === 0) this.#turns.delete(key);
    });
    this.#letGo();
    return turn;
  }

  /** Records what was sent in turns that wait for something, and resolves when all of it is on disk. */
  async flush(): Promise<void> {
    const turns = [...this.#turns.values()];
    for (const turn of turns) if (turn.running === 0) turn.settle();
    await Promise.all(turns.map((turn) => turn.settled()));
    await this.#memory.flush();
  }

  #letGo(): void {
    for (const [key, turn] of this.#turns) {
      if (this.#turns.size <= MOST_TURNS) return;
      if (turn.running > 0) continue;
      turn.settle();
      this.#turns.delete(key);
    }
  }
}
