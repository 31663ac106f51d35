import type { Scope } from "@sotto/core";
import { type Clock, scopeKey, type TurnMemory } from "@sotto/core/adapter";
import type { Conversation } from "../turn/conversation.ts";
import { MiddlewareTurn } from "./turn.ts";

/** Turns under way. The oldest is let go, and recorded, beyond this. */
const MOST_TURNS = 64;

/** The turns of one middleware that are under way, so that all steps of a turn share one recall and one record. */
export class Turns {
  readonly #setting: { memory: TurnMemory; clock: Clock; settleAfterMs: number };
  readonly #open = new Map<string, MiddlewareTurn>();
  readonly #ended = new Set<Promise<void>>();

  constructor(setting: { memory: TurnMemory; clock: Clock; settleAfterMs: number }) {
    this.#setting = setting;
  }

  /** Whether a turn waits for its tools. */
  isWaiting(scope: Scope, turnId: string): boolean {
    return this.#open.get(keyOf(scope, turnId))?.waitsForTools ?? false;
  }

  /** The turn of a prompt: the one under way, or a new one, with which those before it in its session are over. */
  open(conversation: Conversation, scope: Scope): MiddlewareTurn {
    const key = keyOf(scope, conversation.turnId);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    for (const other of this.#open.values()) {
      if (other.running === 0 && scopeKey(other.scope) === scopeKey(scope)) other.end();
    }
    const turn = new MiddlewareTurn(conversation, scope, {
      ...this.#setting,
      isRunning: (turnId) => this.#open.has(keyOf(scope, turnId)) && turnId !== conversation.turnId,
      onEnd: (ended) => this.#letGo(key, ended),
    });
    this.#open.set(key, turn);
    for (const oldest of this.#open.values()) {
      if (this.#open.size <= MOST_TURNS) break;
      if (oldest.running === 0) oldest.end();
    }
    return turn;
  }

  /** Records what was sent in turns that wait for something, and resolves when all of it is on disk. */
  async flush(): Promise<void> {
    const turns = [...this.#open.values()];
    for (const turn of turns) if (turn.running === 0) turn.settle();
    await Promise.all([...turns.map((turn) => turn.settled()), ...this.#ended]);
    await this.#setting.memory.flush();
  }

  #letGo(key: string, turn: MiddlewareTurn): void {
    if (this.#open.get(key) === turn) this.#open.delete(key);
    const settled = turn.settled();
    this.#ended.add(settled);
    void settled.then(() => this.#ended.delete(settled));
  }
}

function keyOf(scope: Scope, turnId: string): string {
  return `${scopeKey(scope)} ${turnId}`;
}
