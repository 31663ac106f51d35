import type { SearchIndex, StoredDocument } from "../engine/index.ts";
import type { Turn } from "./turn.ts";

/** The turn that a session's document holds; undefined for a document that was added. */
export function turnOf(document: StoredDocument, sessionId: string): Turn | undefined {
  if (document.chunk?.parentId !== sessionId) return undefined;
  const turn = document.payload as unknown as Partial<Turn> | undefined;
  return turn?.sessionId === sessionId && turn.id === document.id && turn.role !== undefined
    ? (turn as Turn)
    : undefined;
}

/** The turns of a session's index in the order of `at`, then of the log; read again only where the index changed. */
export class TurnList {
  readonly #sessionId: string;
  #index: SearchIndex | undefined;
  #slotCount = 0;
  #size = 0;
  #lastId: string | undefined;
  #turns: readonly Turn[] = [];

  constructor(sessionId: string) {
    this.#sessionId = sessionId;
  }

  read(index: SearchIndex): readonly Turn[] {
    const { slotCount, size } = index.documents;
    const onlyMore =
      index === this.#index &&
      slotCount - this.#slotCount === size - this.#size &&
      index.documents.idAt(this.#slotCount - 1) === this.#lastId;
    if (onlyMore && slotCount === this.#slotCount) return this.#turns;
    const turns = onlyMore ? [...this.#turns] : [];
    for (let slot = onlyMore ? this.#slotCount : 0; slot < slotCount; slot++) {
      if (index.documents.parentAt(slot) !== this.#sessionId || index.documents.idAt(slot) === undefined) continue;
      const turn = turnOf(index.documents.document(slot), this.#sessionId);
      if (turn !== undefined) turns.push(turn);
    }
    this.#turns = turns.sort((a, b) => a.at - b.at);
    this.#index = index;
    this.#slotCount = slotCount;
    this.#size = size;
    this.#lastId = index.documents.idAt(slotCount - 1);
    return this.#turns;
  }
}
