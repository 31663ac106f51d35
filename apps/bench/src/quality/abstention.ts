import type { IrSet } from "./ir-set.ts";
import { type Relevance, recall } from "./metrics.ts";
import { LANE_WEIGHTS, rankTurns } from "./neighbours.ts";
import type { OpenGroup } from "./open-groups.ts";

export const MIN_SCORES = [0, 0.05, 0.1, 0.125, 0.15, 0.175, 0.2, 0.25, 0.3] as const;

export interface Abstention {
  set: string;
  /** p5, p50 and p95 of the best hit's score: of the set's own queries, and of foreign ones. */
  own: readonly [number, number, number];
  foreign: readonly [number, number, number] | null;
  /** What each `minScore` costs and gives. */
  atLeast: {
    minScore: number;
    /** recall@10 of the set's own queries. */
    recallAt10: number;
    /** Share of the set's own queries for which anything is found. */
    ownAnswered: number;
    /** Share of the foreign queries for which nothing is found, rightly. Null without foreign queries. */
    foreignAbstained: number | null;
  }[];
}

/**
 * What `minScore` keeps of the set's own answers, and how often it finds nothing for a foreign query: one of another set,
 * which nothing here can answer. Turns are credited as in Sotto's conversation lanes.
 */
export async function scoreAbstention(
  set: IrSet,
  groups: readonly OpenGroup[],
  foreignQueries: readonly string[],
): Promise<Abstention> {
  const own: { hits: readonly { id: string; score: number }[]; relevance: Relevance }[] = [];
  for (const group of groups)
    for (const { id, text } of group.queries)
      own.push({ hits: await bestTen(group, text), relevance: set.qrels[id] as Relevance });
  const foreign: number[] = [];
  for (const [i, text] of foreignQueries.entries()) {
    const group = groups[i % groups.length];
    if (group !== undefined) foreign.push((await bestTen(group, text))[0]?.score ?? 0);
  }
  return {
    set: set.name,
    own: quantiles(own.map(({ hits }) => hits[0]?.score ?? 0)),
    foreign: foreign.length === 0 ? null : quantiles(foreign),
    atLeast: MIN_SCORES.map((minScore) => ({
      minScore,
      recallAt10: mean(
        own.map(({ hits, relevance }) =>
          recall(
            hits.filter(({ score }) => score >= minScore).map(({ id }) => id),
            relevance,
            10,
          ),
        ),
      ),
      ownAnswered: mean(own.map(({ hits }) => ((hits[0]?.score ?? 0) >= Math.max(minScore, Number.MIN_VALUE) ? 1 : 0))),
      foreignAbstained:
        foreign.length === 0 ? null : mean(foreign.map((score) => (score === 0 || score < minScore ? 1 : 0))),
    })),
  };
}

async function bestTen({ corpus, search }: OpenGroup, text: string): Promise<{ id: string; score: number }[]> {
  if (corpus.every(({ session }) => session === undefined)) return search(text, 10);
  const hits = await search(text, Math.min(1_000, corpus.length));
  return rankTurns(corpus, new Map(hits.map(({ id, score }) => [id, score])), LANE_WEIGHTS);
}

function quantiles(scores: readonly number[]): [number, number, number] {
  const sorted = Float64Array.from(scores).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return [at(0.05), at(0.5), at(0.95)];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
