import { createSotto, type Embedder, memoryStorage, type Sotto } from "@sotto/core";
import { groupsOf, type IrDocument, type IrQuery, type IrSet, searchedText } from "./ir-set.ts";

export interface OpenGroup {
  corpus: readonly IrDocument[];
  queries: readonly IrQuery[];
  /** Hits with score, best first. `alpha` undefined is the embedder's own. */
  search(text: string, topK: number, alpha?: number): Promise<{ id: string; score: number }[]>;
}

/** Each group of a set as an index of its own. */
export async function openGroups(set: IrSet, embedder: Embedder): Promise<{ groups: OpenGroup[]; sotto: Sotto }> {
  const sotto = createSotto({ storage: memoryStorage(), embedder });
  const groups: OpenGroup[] = [];
  for (const { corpus, queries } of groupsOf(set)) {
    const name = `group-${groups.length}`;
    await sotto.createIndex(
      name,
      corpus.map((document) => ({ id: document.id, text: searchedText(document) })),
    );
    const search = async (text: string, topK: number, alpha?: number) =>
      (await sotto.query(name, text, { topK, ...(alpha === undefined ? {} : { alpha }) })).hits;
    groups.push({ corpus, queries, search });
  }
  return { groups, sotto };
}
