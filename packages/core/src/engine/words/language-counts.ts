import { type Language, languageCodes } from "../analysis/index.ts";

/** Languages that questions are searched in, at most, and the share of the documents that each has at least. */
const MOST = 6;
const LEAST_SHARE = 0.005;

/** How many documents of an index are in which language. */
export class LanguageCounts {
  readonly #counts = new Float64Array(languageCodes.length);
  #common: readonly Language[] | undefined;

  /** `counts`: by the number of the language. */
  constructor(counts: Iterable<number> = []) {
    let language = 0;
    for (const count of counts) if (language < this.#counts.length) this.#counts[language++] = count;
  }

  add(language: Language, documents: number): void {
    this.#counts[language] = (this.#counts[language] as number) + documents;
    this.#common = undefined;
  }

  /** The most common languages, the most common first. */
  get common(): readonly Language[] {
    this.#common ??= this.#mostCommon();
    return this.#common;
  }

  toArray(): Float64Array<ArrayBuffer> {
    return this.#counts.slice();
  }

  #mostCommon(): Language[] {
    const counts = this.#counts;
    const total = counts.reduce((sum, count) => sum + count, 0);
    return Array.from(counts.keys())
      .filter((language) => (counts[language] as number) > total * LEAST_SHARE)
      .sort((x, y) => (counts[y] as number) - (counts[x] as number))
      .slice(0, MOST);
  }
}
