import { search, understand } from "../engine/index.ts";
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
    const question = understand(text);
    for (const { slot } of search([target], { question, topK: options.perText, minScore: 0 })) slots.add(slot);
  }
  return [...slots]
    .filter((slot) => memory.isSlotValid(slot, options.asOf))
    .map((slot) => memoryOf(index.documents.document(slot)));
}
