import { analyzeQuery, search } from "../engine/index.ts";
import type { MemoryRecord, UserMemory } from "../user/index.ts";
import { memoryOf } from "../user/index.ts";

/** The valid memories that share the most words with each of the texts: at most `perText` a text, each once. */
export function nearestMemories(
  memory: UserMemory,
  texts: readonly string[],
  options: { perText: number; asOf: number },
): MemoryRecord[] {
  const { index } = memory.permanent;
  const target = { index, vector: null, calibration: { low: 0, high: 1 }, alpha: 0 };
  const slots = new Set<number>();
  for (const text of texts) {
    const terms = analyzeQuery(text);
    if (terms.length === 0) continue;
    for (const { slot } of search([target], { terms, topK: options.perText, minScore: 0 })) slots.add(slot);
  }
  return [...slots]
    .filter((slot) => memory.isSlotValid(slot, options.asOf))
    .map((slot) => memoryOf(index.documents.document(slot)));
}
