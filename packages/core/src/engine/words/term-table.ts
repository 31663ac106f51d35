import type { Term } from "../analysis/index.ts";
import { grown } from "./posting-lists.ts";

let dictionaries = 0;

/** The dictionary: terms numbered from 0 in order of appearance, each with its document frequency. */
export class TermTable {
  /** Names this dictionary in what a term remembers; above 0. */
  readonly #number = ++dictionaries;
  #ids = new Map<string, number>();
  #frequencies = new Uint32Array(64);

  get size(): number {
    return this.#ids.size;
  }

  get bytes(): number {
    return this.#frequencies.byteLength;
  }

  id(term: string): number | undefined {
    return this.#ids.get(term);
  }

  /** The id of a term that may be asked for again soon; one that the dictionary lacks is added, or undefined with `known`. */
  idOf(term: Term, known: "known" | "add"): number | undefined {
    const remembered = term.idIn(this.#number);
    if (remembered !== undefined) return remembered;
    const id = known === "add" ? this.idOrNew(term.text) : this.id(term.text);
    if (id !== undefined) term.rememberId(this.#number, id);
    return id;
  }

  idOrNew(term: string): number {
    const known = this.#ids.get(term);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(term, id);
    if (id >= this.#frequencies.length)
      this.#frequencies = grown(this.#frequencies, Math.ceil(this.#frequencies.length * 1.25));
    return id;
  }

  /** Live documents that hold the term. */
  frequency(id: number): number {
    return this.#frequencies[id] as number;
  }

  setFrequency(id: number, frequency: number): void {
    this.#frequencies[id] = frequency;
  }

  /** The terms in the order of their ids. */
  terms(): IterableIterator<string> {
    return this.#ids.keys();
  }
}
