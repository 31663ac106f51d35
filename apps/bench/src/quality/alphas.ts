import type { IrSet } from "./ir-set.ts";
import { meanScores, type Relevance, type Scores } from "./metrics.ts";
import type { OpenGroup } from "./open-groups.ts";

export const ALPHAS = [0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1] as const;

export interface AlphaScores extends Scores {
  set: string;
  /** Share of the dense score: 0 is BM25 alone, 1 is dense alone; `own` is what a query gets that names none. */
  alpha: number | "own";
}

/** How well a set's queries are answered at each alpha. */
export async function scoreAlphas(set: IrSet, groups: readonly OpenGroup[]): Promise<AlphaScores[]> {
  const rows: AlphaScores[] = [];
  for (const alpha of [...ALPHAS, "own"] as const) {
    const rankings: { ranking: string[]; relevance: Relevance }[] = [];
    for (const { queries, search } of groups)
      for (const query of queries) {
        const hits = await search(query.text, 10, alpha === "own" ? undefined : alpha);
        rankings.push({ ranking: hits.map(({ id }) => id), relevance: set.qrels[query.id] as Relevance });
      }
    rows.push({ set: set.name, alpha, ...meanScores(rankings) });
  }
  return rows;
}
