interface Node {
  readonly next: Map<string, Node>;
  ends: boolean;
}

/** Phrases by their words, for finding the longest one that begins at a word. */
export class PhraseTrie {
  readonly #root: Node = { next: new Map(), ends: false };

  /** `reversed`: by their last word first. */
  constructor(phrases: Iterable<string>, reversed = false) {
    for (const phrase of phrases) {
      let node = this.#root;
      const words = phrase.split(" ");
      for (const word of reversed ? words.reverse() : words) {
        const next = node.next.get(word) ?? { next: new Map(), ends: false };
        node.next.set(word, next);
        node = next;
      }
      node.ends = true;
    }
  }

  /** Words of the longest phrase from `wordAt(0)` on; 0 when none begins there. */
  longest(wordAt: (offset: number) => string | undefined): number {
    let node: Node | undefined = this.#root;
    let longest = 0;
    for (let offset = 0; ; offset++) {
      const word = wordAt(offset);
      node = word === undefined ? undefined : node.next.get(word);
      if (node === undefined) return longest;
      if (node.ends) longest = offset + 1;
    }
  }
}
