import { forEachTerm } from "../analysis/index.ts";
import type { TermTable } from "./term-table.ts";

/** The distinct terms of one document by id, how often it holds each, and its length without stop words. */
export interface DocumentTerms {
  /** The first `count` of `ids` and `frequencies` count. */
  count: number;
  ids: number[];
  frequencies: number[];
  length: number;
}

/** Analyses texts into term ids; terms that the table lacks are added, or left out with `known`. */
export class DocumentTermCounter {
  #table: TermTable;
  /** 1 + position in `#terms.ids` of each term id seen in the current text, 0 otherwise. */
  #positions = new Uint32Array(64);
  #terms: DocumentTerms = { count: 0, ids: [], frequencies: [], length: 0 };

  constructor(table: TermTable) {
    this.#table = table;
  }

  /** The answer holds until the next call. */
  count(text: string, known: "known" | "add"): DocumentTerms {
    const { ids, frequencies } = this.#terms;
    let count = 0;
    let length = 0;
    forEachTerm(text, (term) => {
      if (!term.stopWord) length++;
      const id = this.#table.idOf(term, known);
      if (id === undefined) return;
      if (id >= this.#positions.length) this.#grow(id + 1);
      const position = this.#positions[id] as number;
      if (position > 0) frequencies[position - 1] = (frequencies[position - 1] as number) + 1;
      else {
        ids[count] = id;
        frequencies[count] = 1;
        this.#positions[id] = ++count;
      }
    });
    for (let i = 0; i < count; i++) this.#positions[ids[i] as number] = 0;
    this.#terms.count = count;
    this.#terms.length = length;
    return this.#terms;
  }

  #grow(terms: number): void {
    const positions = new Uint32Array(Math.max(terms, this.#positions.length * 2));
    positions.set(this.#positions);
    this.#positions = positions;
  }
}
