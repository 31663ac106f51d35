import { contentWords, wordsOf } from "../text/words.ts";

/**
 * A unit-length bag-of-words vector: each stemmed content word adds 1 or -1 at a place that its hash (FNV-1a) decides.
 * Texts that share words are near; nothing else is known. The same text always gives the same vector.
 */
export function embedText(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  const content = contentWords(text);
  const all = content.length > 0 ? content : wordsOf(text);
  for (const word of all.length > 0 ? all : [text]) {
    const hash = fnv1a(word);
    const at = (hash >>> 1) % dimensions;
    vector[at] = (vector[at] ?? 0) + ((hash & 1) === 0 ? 1 : -1);
  }
  const norm = Math.hypot(...vector);
  // Words that hash to one place with opposite signs may cancel to nothing.
  if (norm === 0) vector[fnv1a(text) % dimensions] = 1;
  return norm === 0 ? vector : vector.map((value) => value / norm);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
