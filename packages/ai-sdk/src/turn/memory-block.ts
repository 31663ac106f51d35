const OPEN = "<sotto-memory>";
const CLOSE = "</sotto-memory>";

/**
 * `contextText` ends with a tag that carries a hash of what is recalled, which nothing recalled can name: only the block
 * as a whole matches, whatever stands in it.
 */
const BLOCK = new RegExp(`\\n*${OPEN}\\n[^\\n]*\\n<(recalled-[\\w-]+)>\\n[\\s\\S]*?\\n</\\1>\\n${CLOSE}`, "gu");

/** Recalled text with marks by which a later step finds and replaces it. Same input, same bytes. */
export function memoryBlock(contextText: string): string {
  return `${OPEN}\n${contextText}\n${CLOSE}`;
}

/** A text without the memory blocks in it, those of earlier turns too. */
export function withoutMemoryBlock(text: string): string {
  return text.includes(OPEN) ? text.replace(BLOCK, "") : text;
}
