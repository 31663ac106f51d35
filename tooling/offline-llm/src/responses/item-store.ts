import type { JsonObject } from "../http/json.ts";

const MAX_ITEMS = 10_000;

/** Output items by id, so that a client may send `{ type: "item_reference", id }` instead of what it got before. */
export class ItemStore {
  readonly #items = new Map<string, JsonObject>();

  add(id: string, item: JsonObject): void {
    this.#items.set(id, item);
    const oldest = this.#items.keys().next().value;
    if (this.#items.size > MAX_ITEMS && oldest !== undefined) this.#items.delete(oldest);
  }

  get(id: string): JsonObject | undefined {
    return this.#items.get(id);
  }
}
