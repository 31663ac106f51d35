import type { Scores } from "../quality/metrics.ts";
import type { QualityResult } from "../suites/quality.ts";
import { count, percent, table } from "./table.ts";

/** The result as tables, for people; scores in percent. */
export function qualityTables({ embedder, sets, alphas, spoken, neighbours, abstention }: QualityResult): string {
  const parts = [
    table(
      [`set, embedder ${embedder}`, "documents", "queries", "groups", "query p50 ms", "p95 ms"],
      sets.map(({ name, documents, queries, groups, queryMs }) => [
        name,
        count(documents),
        count(queries),
        count(groups),
        queryMs.p50.toFixed(2),
        queryMs.p95.toFixed(2),
      ]),
    ),
    table(
      ["alpha (0 BM25 alone, 1 dense alone)", "alpha", "nDCG@10", "recall@5", "recall@10", "MRR@10"],
      alphas.map(({ set, alpha, ...scores }) => [set, String(alpha), ...cells(scores)]),
    ),
  ];
  parts.push(
    table(
      ["as it is said", "way", "nDCG@10", "95 of 100 resamples", "recall@10"],
      spoken.map(({ set, way, ndcg, recallAt10 }) => [
        set,
        way,
        percent(ndcg.mean),
        `${percent(ndcg.low)} to ${percent(ndcg.high)}`,
        percent(recallAt10),
      ]),
    ),
  );
  if (neighbours.length > 0) {
    const kinds = Object.keys(neighbours[0]?.recallAt10ByKind ?? {});
    parts.push(
      table(
        ["credit from neighbours", "weights", "nDCG@10", "recall@5", "recall@10", "MRR@10", ...kinds],
        neighbours.map(({ set, weights, recallAt10ByKind, ...scores }) => [
          set,
          weights.join(" "),
          ...cells(scores),
          ...kinds.map((kind) => percent(recallAt10ByKind[kind] ?? 0)),
        ]),
      ),
    );
  }
  parts.push(
    table(
      ["minScore", "least", "recall@10", "own query answered", "foreign query not answered"],
      abstention.flatMap(({ set, atLeast }) =>
        atLeast.map(({ minScore, recallAt10, ownAnswered, foreignAbstained }) => [
          set,
          String(minScore),
          percent(recallAt10),
          percent(ownAnswered),
          foreignAbstained === null ? "-" : percent(foreignAbstained),
        ]),
      ),
    ),
    table(
      ["best hit's score", "of", "p5", "p50", "p95"],
      abstention.flatMap(({ set, own, foreign }) => [
        [set, "own queries", ...own.map((score) => score.toFixed(2))],
        ...(foreign === null ? [] : [[set, "foreign queries", ...foreign.map((score) => score.toFixed(2))]]),
      ]),
    ),
  );
  return parts.join("\n\n");
}

function cells(scores: Scores): string[] {
  return [scores["nDCG@10"], scores["recall@5"], scores["recall@10"], scores["MRR@10"]].map(percent);
}
