import { analyze } from "../../engine/index.ts";

/** Least share of the known text's content words that the new text must repeat. */
export const NEAR_DUPLICATE_OVERLAP = 0.8;

const NEGATION = /^(?:no|not|never|none|nor|neither|without|cannot|\w+nt)$/;

interface Words {
  content: ReadonlySet<string>;
  negations: string;
}

/**
 * Whether `text` says nothing that `known` does not say: every content word of it (Porter2 stems, without stop words; a
 * number is a word) is in `known`, they are at least 80 % of the content words of `known`, and both have the same
 * negations. One different day, number or name keeps two memories apart.
 */
export function isNearDuplicate(text: string, known: string): boolean {
  const [added, held] = [wordsOf(text), wordsOf(known)];
  if (added.content.size === 0 || added.negations !== held.negations) return false;
  for (const word of added.content) if (!held.content.has(word)) return false;
  return added.content.size >= held.content.size * NEAR_DUPLICATE_OVERLAP;
}

function wordsOf(text: string): Words {
  const content = new Set<string>();
  const negations: string[] = [];
  for (const term of analyze(text)) {
    if (NEGATION.test(term.text) && (term.stopWord || !term.text.endsWith("nt"))) negations.push("not");
    else if (!term.stopWord) content.add(term.text);
  }
  return { content, negations: negations.join(" ") };
}
