import type { SearchableCandidate } from "../../storage/index.ts";
import type { QueryTerm, Question } from "../analysis/index.ts";
import type { StoredDocument } from "../documents/index.ts";
import type { QuestionVectors } from "../embedding/index.ts";
import type { FilterPlan } from "../filter/index.ts";
import type { IndexSettings, StoredIndex } from "../log/index.ts";
import { effectiveAlpha, MINIMUM_CANDIDATES, SearchIndex } from "../search/index.ts";
import { DEFAULT_B, DEFAULT_K1, groupFrequency, inverseDocumentFrequency } from "../words/index.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import type { CollectionWords, SearchableIndex } from "./searchable-collection.ts";

export interface CandidatesAsked {
  question: Question;
  vectors: QuestionVectors;
  alpha: number;
  topK: number;
  filter?: FilterPlan | undefined;
}

/**
 * The candidates of a collection that lies elsewhere, of both sides and of each part of the question, as an index of their
 * own: searched by the statistics of the whole collection, it gives them the scores that they would have in this process.
 * To be disposed of.
 */
export async function candidatesIndex(
  catalog: IndexCatalog,
  { searchable, stored, words }: { searchable: SearchableIndex; stored: StoredIndex; words: CollectionWords },
  { question, vectors, alpha, topK, filter }: CandidatesAsked,
): Promise<SearchIndex> {
  const ask = (terms: readonly QueryTerm[], own: Float32Array | null): Promise<SearchableCandidate[]> => {
    const share = effectiveAlpha({ alpha, vector: own }, terms);
    const vector = share > 0 ? own : null;
    const asked = share < 1 ? terms : [];
    if (vector === null && asked.length === 0) return Promise.resolve([]);
    return searchable.store.candidates(searchable.key, {
      vector,
      terms: asked.flatMap((each) => {
        const idf = inverseDocumentFrequency(words.documentCount, groupFrequency(each, words));
        const weight = each.weight * idf * (DEFAULT_K1 + 1);
        const forms = [each.term, ...(each.variants ?? [])];
        return forms.map((term) => ({ term, weight, frequency: words.documentFrequency(term) }));
      }),
      k1: DEFAULT_K1,
      b: DEFAULT_B,
      averageLength: words.totalLength > 0 ? words.totalLength / words.documentCount : 1,
      wanted: Math.max(MINIMUM_CANDIDATES, topK * 4),
      filter,
    });
  };
  const { whole, sentences } = question;
  const found = await Promise.all([
    ask(whole.terms(words.languages), vectors.vector),
    ...sentences.map((part, n) => ask(part.terms(words.languages), vectors.sentenceVectors?.[n] ?? null)),
  ]);
  const { dimensions } = stored.settings as IndexSettings;
  const index = new SearchIndex({ arena: catalog.options.arenas.shared(), dimensions });
  const inOrder = new Map(found.flat().map((candidate) => [candidate.number, candidate]));
  for (const { document, vector } of [...inOrder.values()].sort((x, y) => x.number - y.number))
    index.put(document as StoredDocument, vector);
  return index;
}
