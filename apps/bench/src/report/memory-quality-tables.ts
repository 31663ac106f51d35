import type { MemoryQualityResult } from "../suites/memory-quality.ts";
import { count, percent, table } from "./table.ts";

/** The result as tables, for people; shares in percent. */
export function memoryQualityTables({ embedder, evidence, probes }: MemoryQualityResult): string {
  return [
    table(
      [`evidence, embedder ${embedder}`, "questions", "shown", "recall@5", "recall@10"],
      evidence.map(({ set, kind, questions, shown, recallAt5, recallAt10 }) => [
        `${set}: ${kind}`,
        count(questions),
        percent(shown),
        percent(recallAt5),
        percent(recallAt10),
      ]),
    ),
    table(
      ["what memory must get right", "right", "of"],
      probes.map(({ probe, right, of }) => [probe, count(right), count(of)]),
    ),
  ].join("\n\n");
}
