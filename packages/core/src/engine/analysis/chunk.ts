import type { ChunkTerms } from "./chunk-cache.ts";
import { chunkTerms } from "./chunk-terms.ts";
import { type Language, votesOf } from "./languages/language-table.ts";
import { type NumberRole, numberRoleOf } from "./numbers/number-role.ts";
import { Term } from "./term.ts";

/** A chunk of a text (see `findChunks`), and what is known of it without the text around it. */
export class Chunk {
  /** The languages that it speaks for. */
  readonly votes: readonly Language[] | undefined;
  /** What it can be in a number, a date or a time that is written in several chunks. */
  readonly role: NumberRole | undefined;
  readonly text: string;
  readonly #terms: (ChunkTerms | undefined)[] = [];

  constructor(text: string) {
    const lower = text.toLowerCase();
    this.text = text;
    this.votes = votesOf(lower.replace(/['’]/g, ""));
    this.role = numberRoleOf(lower);
  }

  /** Its terms in a text of the language. */
  termsIn(language: Language): ChunkTerms {
    const known = this.#terms[language];
    if (known !== undefined) return known;
    const terms = chunkTerms(this.text, language);
    const found = terms.length === 1 ? (terms[0] as Term) : terms;
    this.#terms[language] = found;
    return found;
  }

  /** The same as a list. */
  listIn(language: Language): readonly Term[] {
    const terms = this.termsIn(language);
    return terms instanceof Term ? [terms] : terms;
  }
}

/** Calls `visit` for each of the terms. */
export function visitTerms(terms: ChunkTerms, visit: (term: Term) => void): void {
  if (terms instanceof Term) visit(terms);
  else for (let i = 0; i < terms.length; i++) visit(terms[i] as Term);
}
