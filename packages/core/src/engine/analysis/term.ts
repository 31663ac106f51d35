/** A term as it is indexed. */
export class Term {
  readonly text: string;
  /** English stop words are indexed, but left out of queries that hold anything else. */
  readonly stopWord: boolean;
  #dictionary = 0;
  #id = 0;

  constructor(text: string, stopWord: boolean) {
    this.text = text;
    this.stopWord = stopWord;
  }

  /** Its id in a dictionary, by that one's number, if that was the last that gave it one: spares a look-up. */
  idIn(dictionary: number): number | undefined {
    return this.#dictionary === dictionary ? this.#id : undefined;
  }

  rememberId(dictionary: number, id: number): void {
    this.#dictionary = dictionary;
    this.#id = id;
  }
}
