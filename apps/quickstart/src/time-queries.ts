import type { Document, Sotto } from "@sotto/core";
import { percentiles } from "./percentiles.ts";
import type { Report } from "./report.ts";

/** Times queries made of words that stand in the documents: eight in a row, from documents spread over all of them. */
export async function timeQueries(
  sotto: Sotto,
  indexes: readonly string[],
  documents: readonly Document[],
  count: number,
): Promise<Report["timed"]> {
  const times = { embedMs: [] as number[], searchMs: [] as number[], tookMs: [] as number[] };
  for (let i = 0; i < count; i++) {
    const { embedMs, searchMs, tookMs } = await sotto.query(indexes, someWords(documents, i), { topK: 5 });
    times.embedMs.push(embedMs);
    times.searchMs.push(searchMs);
    times.tookMs.push(tookMs);
  }
  return {
    queries: count,
    embedMs: percentiles(times.embedMs),
    searchMs: percentiles(times.searchMs),
    tookMs: percentiles(times.tookMs),
  };
}

/** The same words for the same `i`. */
function someWords(documents: readonly Document[], i: number): string {
  const { text } = documents[(i * 7_919) % documents.length] as Document;
  const from = (i * 104_729) % Math.max(1, text.length - 400);
  const words = text.slice(from, from + 400).match(/\p{L}[\p{L}\p{N}'-]+/gu) ?? [];
  return words.slice(1, 9).join(" ") || "how does it work";
}
