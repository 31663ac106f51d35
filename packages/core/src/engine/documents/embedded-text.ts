import type { StoredDocument } from "./document.ts";

/** What an embedder gets of a document: its title, and its text. */
export function embeddedText({ title, text }: Pick<StoredDocument, "title" | "text">): string {
  return title === undefined ? text : `${title}\n\n${text}`;
}
