import { sameWords } from "../../engine/index.ts";
import type { MemoryKind, MemoryTurn } from "../memory-types.ts";
import { contentHash } from "./content-hash.ts";

/**
 * The id of a memory that was given none: a 64-bit hash of its kind and its text as `sameWords` has it. The same words
 * said twice in the same order are one memory.
 */
export function memoryId(kind: MemoryKind, text: string, turn?: MemoryTurn): string {
  const said = turn === undefined ? sameWords(text) : saidBy(turn);
  return `${kind}-${contentHash(`${kind}\n${said}`)}`;
}

/** Whose words they are counts, whatever name they are shown under. */
function saidBy({ role, text, answers }: MemoryTurn): string {
  const said = `${role}\n${sameWords(text)}`;
  return answers === undefined ? said : `${said}\n${saidBy(answers)}`;
}
