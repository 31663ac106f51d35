import { asSaid, WAYS, type Way } from "./as-said.ts";
import { meanWithInterval } from "./bootstrap.ts";
import type { IrSet } from "./ir-set.ts";
import { ndcg, type Relevance, recall } from "./metrics.ts";
import type { OpenGroup } from "./open-groups.ts";

export interface SpokenScores {
  set: string;
  way: Way;
  /** nDCG@10, and where it is in 95 of 100 resamples of the queries. */
  ndcg: { mean: number; low: number; high: number };
  recallAt10: number;
}

/** How well a set's queries are answered as they are, and as people say them. */
export async function scoreSpoken(set: IrSet, groups: readonly OpenGroup[]): Promise<SpokenScores[]> {
  const rows: SpokenScores[] = [];
  for (const way of WAYS) {
    const scores: number[] = [];
    const recalls: number[] = [];
    for (const { queries, search } of groups)
      for (const { id, text } of queries) {
        const ranking = (await search(asSaid(text, way, scores.length), 10)).map((hit) => hit.id);
        const relevance = set.qrels[id] as Relevance;
        scores.push(ndcg(ranking, relevance, 10));
        recalls.push(recall(ranking, relevance, 10));
      }
    rows.push({ set: set.name, way, ndcg: meanWithInterval(scores), recallAt10: meanWithInterval(recalls).mean });
  }
  return rows;
}
