import { StorageUnavailableError } from "../../errors/index.ts";
import type { SearchableStatistics, SearchableStorage } from "../../storage/index.ts";
import { analyze, type Language, languageCodes, type Question } from "../analysis/index.ts";
import type { StoredIndex } from "../log/index.ts";
import { type Bm25Statistics, LanguageCounts, languageTerm, type WeighedWords, wordWeight } from "../words/index.ts";
import type { IndexCatalog } from "./index-catalog.ts";

/** An index whose documents the store holds and searches itself. */
export interface SearchableIndex {
  key: string;
  store: SearchableStorage;
}

/** Undefined for an index that is searched in this process. */
export function searchableOf(catalog: IndexCatalog, stored: StoredIndex): SearchableIndex | undefined {
  if (stored.settings?.searchable !== true) return undefined;
  const { storage } = catalog.options;
  if (storage.searchable !== undefined) return { key: stored.log.key, store: storage.searchable };
  const reason = `the index of ${stored.log.key} was made with searchable: true, and this store was opened without that`;
  throw new StorageUnavailableError(storage.name, reason);
}

const languageTerms = languageCodes.map((_, language) => languageTerm(language));

/** What is known of a collection that lies elsewhere, for the words of one question. */
export class CollectionWords implements WeighedWords {
  readonly languages: readonly Language[];
  readonly #statistics: SearchableStatistics;
  readonly #frequencies: ReadonlyMap<string, number>;

  private constructor(
    languages: readonly Language[],
    statistics: SearchableStatistics,
    frequencies: ReadonlyMap<string, number>,
  ) {
    this.languages = languages;
    this.#statistics = statistics;
    this.#frequencies = frequencies;
  }

  /** The languages first: the words of a question are understood by them. */
  static async of({ key, store }: SearchableIndex, { whole, sentences }: Question): Promise<CollectionWords> {
    const { frequencies: counts } = await store.statistics(key, languageTerms);
    const languages = new LanguageCounts(counts).common;
    const words = [whole, ...sentences].flatMap((part) => [
      ...analyze(part.text, languages[0]).map((term) => term.text),
      ...part.terms(languages).flatMap(({ term, variants = [] }) => [term, ...variants]),
    ]);
    const terms = [...new Set(words)];
    const statistics = await store.statistics(key, terms);
    const frequencies = new Map(terms.map((term, i) => [term, statistics.frequencies[i] ?? 0]));
    return new CollectionWords(languages, statistics, frequencies);
  }

  get documentCount(): number {
    return this.#statistics.chunks;
  }

  get totalLength(): number {
    return this.#statistics.totalLength;
  }

  documentFrequency(term: string): number {
    return this.#frequencies.get(term) ?? 0;
  }

  wordWeight(word: string, statistics: Bm25Statistics = this): number {
    return wordWeight(word, this.languages[0], statistics);
  }
}
