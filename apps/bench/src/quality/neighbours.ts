import type { IrDocument, IrSet } from "./ir-set.ts";
import { meanScores, type Relevance, type Scores } from "./metrics.ts";
import type { OpenGroup } from "./open-groups.ts";

/** Shares of the scores of the turns just before and after, and of the next ones out. */
export const NEIGHBOUR_WEIGHTS: readonly (readonly [number, number])[] = [
  [0, 0],
  [0.1, 0.05],
  [0.15, 0.075],
  [0.2, 0.1],
  [0.25, 0.125],
  [0.3, 0.15],
  [0.4, 0.2],
  [0.5, 0.25],
  [0.25, 0],
  [0.25, 0.25],
];

/** What Sotto's conversation lanes credit. */
export const LANE_WEIGHTS = [0.25, 0.125] as const;

export interface NeighbourScores extends Scores {
  set: string;
  weights: readonly [number, number];
  /** recall@10 of the queries of each kind. */
  recallAt10ByKind: Record<string, number>;
}

/**
 * How well queries are answered when each turn is credited with part of its neighbours' scores, as Sotto's conversation
 * lanes do: the same session only, clamped to 1.
 */
export async function scoreNeighbours(set: IrSet, groups: readonly OpenGroup[]): Promise<NeighbourScores[]> {
  const found: { kind: string; group: OpenGroup; scores: Map<string, number>; relevance: Relevance }[] = [];
  for (const group of groups)
    for (const { id, text, kind = "all" } of group.queries) {
      const hits = await group.search(text, Math.min(1_000, group.corpus.length));
      const scores = new Map(hits.map((hit) => [hit.id, hit.score]));
      found.push({ kind, group, scores, relevance: set.qrels[id] as Relevance });
    }
  const kinds = [...new Set(found.map(({ kind }) => kind))].sort();
  return NEIGHBOUR_WEIGHTS.map((weights) => {
    const rankings = found.map(({ kind, group, scores, relevance }) => ({
      kind,
      ranking: rankTurns(group.corpus, scores, weights).map(({ id }) => id),
      relevance,
    }));
    const byKind = kinds.map((kind) => [kind, meanScores(rankings.filter((one) => one.kind === kind))["recall@10"]]);
    return { set: set.name, weights, ...meanScores(rankings), recallAt10ByKind: Object.fromEntries(byKind) };
  });
}

/** The best ten turns; `turns` in the order in which they were spoken. */
export function rankTurns(
  turns: readonly IrDocument[],
  scores: ReadonlyMap<string, number>,
  weights: readonly [number, number],
): { id: string; score: number }[] {
  const credited = turns.map(({ id, session }, i) => {
    let score = scores.get(id) ?? 0;
    for (const distance of [1, 2] as const)
      for (const near of [turns[i - distance], turns[i + distance]])
        if (near !== undefined && near.session === session)
          score += (weights[distance - 1] as number) * (scores.get(near.id) ?? 0);
    return { id, score: Math.min(1, score) };
  });
  return credited
    .filter(({ score }) => score > 0)
    .sort((x, y) => y.score - x.score)
    .slice(0, 10);
}
