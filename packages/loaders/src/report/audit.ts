import type { Document, MetadataValue } from "@sotto/core";
import type { Ledger } from "./ledger.ts";
import type { LoadReport } from "./load-report.ts";
import { wordsOf } from "./words.ts";

/**
 * Looks for every word that was read in the documents, and makes the report. A word that was read more often than it
 * stands in the documents is entered as `lost`, where it was read last. `own` are metadata fields that the loaders set
 * by themselves, which are no text of the file.
 */
export function audit(
  ledger: Ledger,
  documents: readonly Document[],
  own: ReadonlySet<string>,
): Omit<LoadReport, "type"> {
  const found = new Map<string, number>();
  const add = (text: string) => {
    for (const word of wordsOf(text)) found.set(word, (found.get(word) ?? 0) + 1);
  };
  for (const document of documents) {
    add(document.text);
    if (document.title !== undefined) add(document.title);
    for (const [field, value] of Object.entries(document.metadata ?? {}))
      if (!own.has(field)) for (const text of textsOf(value)) add(text);
  }
  let charsKept = 0;
  for (const { text, what, number } of ledger.texts) {
    let missing = "";
    for (const word of wordsOf(text)) {
      const left = found.get(word) ?? 0;
      if (left > 0) {
        found.set(word, left - 1);
        charsKept += word.length;
      } else missing += ` ${word}`;
    }
    if (missing !== "") ledger.leaveOut("lost", number === 0 ? what : `${what} ${number}`.trim(), missing);
  }
  const leftOut = ledger.entries;
  const charsLeftOut = leftOut.reduce((sum, { chars }) => sum + chars, 0);
  return {
    ...(ledger.encoding === undefined ? {} : { encoding: ledger.encoding }),
    documents: documents.length,
    charsIn: charsKept + charsLeftOut,
    charsKept,
    charsLeftOut,
    leftOut,
    empty: documents.length === 0,
  };
}

function textsOf(value: MetadataValue): string[] {
  if (typeof value === "object") return value.map(String);
  return [String(value)];
}
