/** Grades of the relevant documents of one query, by id; what is not named is not relevant. */
export type Relevance = Readonly<Record<string, number>>;

/**
 * Normalised discounted cumulative gain of a ranking (Järvelin and Kekäläinen, 2002): the sum over the first `k` ranks of
 * grade / log2(rank + 1), over the most that any ranking attains. 0 for a query without a relevant document.
 */
export function ndcg(ranking: readonly string[], relevance: Relevance, k: number): number {
  const ideal = Object.values(relevance).sort((x, y) => y - x);
  const best = discounted(ideal, k);
  if (best === 0) return 0;
  return (
    discounted(
      ranking.map((id) => relevance[id] ?? 0),
      k,
    ) / best
  );
}

function discounted(grades: readonly number[], k: number): number {
  let sum = 0;
  for (let i = 0; i < Math.min(k, grades.length); i++) sum += (grades[i] as number) / Math.log2(i + 2);
  return sum;
}

/** Share of the relevant documents that are among the first `k`. */
export function recall(ranking: readonly string[], relevance: Relevance, k: number): number {
  const relevant = Object.keys(relevance).filter((id) => (relevance[id] as number) > 0);
  if (relevant.length === 0) return 0;
  const first = new Set(ranking.slice(0, k));
  return relevant.filter((id) => first.has(id)).length / relevant.length;
}

/** 1 / rank of the first relevant document among the first `k`; 0 when there is none. */
export function reciprocalRank(ranking: readonly string[], relevance: Relevance, k: number): number {
  const at = ranking.slice(0, k).findIndex((id) => (relevance[id] ?? 0) > 0);
  return at < 0 ? 0 : 1 / (at + 1);
}

/** Means over queries, in [0, 1]. */
export interface Scores {
  "nDCG@10": number;
  "recall@5": number;
  "recall@10": number;
  "MRR@10": number;
}

/** Scores of many rankings, each with its query's relevance. */
export function meanScores(rankings: readonly { ranking: readonly string[]; relevance: Relevance }[]): Scores {
  const mean = (score: (ranking: readonly string[], relevance: Relevance) => number) =>
    rankings.reduce((sum, { ranking, relevance }) => sum + score(ranking, relevance), 0) / Math.max(1, rankings.length);
  return {
    "nDCG@10": mean((ranking, relevance) => ndcg(ranking, relevance, 10)),
    "recall@5": mean((ranking, relevance) => recall(ranking, relevance, 5)),
    "recall@10": mean((ranking, relevance) => recall(ranking, relevance, 10)),
    "MRR@10": mean((ranking, relevance) => reciprocalRank(ranking, relevance, 10)),
  };
}
