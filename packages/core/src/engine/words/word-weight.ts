import { analyze, type Language } from "../analysis/index.ts";
import { type Bm25Statistics, inverseDocumentFrequency } from "./statistics.ts";

/** A collection of documents, as far as the words of a question are understood and weighed by it. */
export interface WeighedWords extends Bm25Statistics {
  /** Of its documents, the most common first. */
  readonly languages: readonly Language[];
  /** See `wordWeight`; by the statistics of several collections where they are given. */
  wordWeight(word: string, statistics?: Bm25Statistics): number;
}

/**
 * How much a word tells in a collection: sqrt(idf / highest idf), in [0, 1], where the highest is that of a word in no
 * document; so an unknown word weighs 1. For the words of a query to a static embedder.
 */
export function wordWeight(word: string, language: Language | undefined, statistics: Bm25Statistics): number {
  const term = analyze(word, language)[0]?.text;
  const { documentCount } = statistics;
  const frequency = term === undefined ? 0 : Math.min(statistics.documentFrequency(term), documentCount);
  return Math.sqrt(inverseDocumentFrequency(documentCount, frequency) / inverseDocumentFrequency(documentCount, 0));
}
