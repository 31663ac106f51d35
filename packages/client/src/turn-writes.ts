import type { ResponseInput, SottoStats, TurnInput } from "@sotto/core";
import { newId } from "./new-id.ts";
import type { Transport } from "./transport.ts";

/** Turns of a session arrive in the order in which they were written; a failure is counted, never thrown. */
export class TurnWrites {
  readonly #transport: Transport;
  readonly #stats: SottoStats;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(transport: Transport, stats: SottoStats) {
    this.#transport = transport;
    this.#stats = stats;
  }

  recordTurn(turn: TurnInput): Promise<string | null> {
    const blank = isBlank(turn?.text);
    return this.#write(turn?.session, blank, () => {
      // With an id of its own it can be sent again; what takes the place of others is sent once.
      const idempotent = turn.replaces === undefined;
      return this.#transport.call("recordTurn", [{ ...turn, itemId: turn.itemId ?? newId() }], { idempotent });
    });
  }

  saveResponse(response: ResponseInput): Promise<string | null> {
    const blank = isBlank(response?.userText) && isBlank(response?.assistantText);
    return this.#write(response?.session, blank, () => {
      const idempotent = response.replaces === undefined;
      return this.#transport.call("saveResponse", [{ ...response, turnId: response.turnId ?? newId() }], {
        idempotent,
      });
    });
  }

  async #write(session: unknown, blank: boolean, send: () => Promise<unknown>): Promise<string | null> {
    const queue = typeof session === "string" ? session : "";
    const before = this.#last.get(queue);
    const write = (async () => {
      await before;
      try {
        const id = (await send()) as string | null;
        if (id === null && !blank) this.#stats.failedWrites++;
        return id;
      } catch {
        this.#stats.failedWrites++;
        return null;
      }
    })();
    this.#last.set(queue, write);
    const id = await write;
    if (this.#last.get(queue) === write) this.#last.delete(queue);
    return id;
  }
}

function isBlank(text: unknown): boolean {
  return typeof text === "string" && text.trim() === "";
}
