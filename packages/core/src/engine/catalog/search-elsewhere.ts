import type { MaybePromise } from "../../maybe-promise.ts";
import type { Question } from "../analysis/index.ts";
import { alphaFor, type Embedder, type QuestionVectors } from "../embedding/index.ts";
import type { FilterPlan } from "../filter/index.ts";
import type { IndexSettings } from "../log/index.ts";
import { type Hit, type SearchTarget, search } from "../search/index.ts";
import type { WeighedWords } from "../words/index.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import type { NamedIndex } from "./query-indexes.ts";
import { candidatesIndex } from "./searchable-candidates.ts";
import { CollectionWords, searchableOf } from "./searchable-collection.ts";

export interface ElsewhereSearch {
  question: Question;
  vectorsFor(embedder: Embedder, index: { words: WeighedWords }): MaybePromise<QuestionVectors>;
  wanted: number;
  minScore: number | undefined;
  filter: FilterPlan | undefined;
}

/** One search over indexes that the store searches itself; others among them are passed over. */
export async function searchElsewhere(
  catalog: IndexCatalog,
  indexes: readonly NamedIndex[],
  { question, vectorsFor, wanted, minScore, filter }: ElsewhereSearch,
): Promise<Hit[]> {
  const ready = await Promise.all(
    indexes.map(async ({ name, stored }) => {
      const searchable = searchableOf(catalog, stored);
      if (searchable === undefined) return [];
      const embedder = catalog.embedderOf(name, stored.settings as IndexSettings);
      const words = await CollectionWords.of(searchable, question);
      const vectors = await vectorsFor(embedder, { words });
      const alpha = alphaFor(embedder, question.whole.text);
      const asked = { question, vectors, alpha, topK: wanted, filter };
      const index = await candidatesIndex(catalog, { searchable, stored, words }, asked);
      const { calibration } = embedder;
      return [{ name, target: { ...vectors, index, calibration, alpha, statistics: words } satisfies SearchTarget }];
    }),
  );
  const found = ready.flat();
  const targets = found.map(({ target }) => target);
  try {
    return search(targets, { question, topK: wanted, minScore }).flatMap(({ target, slot, score }) => {
      const { name, target: searched } = found[target] ?? {};
      if (name === undefined || searched === undefined) return [];
      return [{ ...searched.index.documents.document(slot), score, index: name }];
    });
  } finally {
    for (const { index } of targets) index.dispose();
  }
}
