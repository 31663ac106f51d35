import type { Sotto } from "@sotto/core";
import { round } from "./percentiles.ts";
import type { Question } from "./questions.ts";
import type { Answer } from "./report.ts";

/** Asks one question and looks for the expected document among the best five. */
export async function ask(sotto: Sotto, indexes: readonly string[], { question, expected }: Question): Promise<Answer> {
  const { hits, embedMs, searchMs } = await sotto.query(indexes, question, { topK: 5 });
  const documents = hits.map((hit) => hit.chunk?.parentId ?? hit.id);
  const rank = documents.findIndex((id) => expected.includes(id)) + 1;
  return {
    question,
    expected: [...expected],
    found: expected.length === 0 || rank > 0,
    rank: rank === 0 ? null : rank,
    hits: hits.map(({ index, id, score, text }) => ({ index, id, score: round(score), text })),
    embedMs: round(embedMs),
    searchMs: round(searchMs),
  };
}
