import { type Document, isNode, isScalar, parseAllDocuments, visit } from "yaml";
import { unreadable } from "../../load-error.ts";
import type { Source } from "../../source.ts";
import { lineFinder } from "../../text/line-finder.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import { checkFields } from "./check-fields.ts";
import { valueParts } from "./value-parts.ts";

/** Aliases may unfold to this many values at most. */
const MOST_ALIASES = 10_000;

/** YAML: rows as in JSON; a stream of several documents is a list of them. What is no YAML is kept as text. */
export const yamlLoader: Loader = {
  type: "yaml",
  extensions: [".yaml", ".yml"],
  load(source) {
    const text = source.text();
    const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: "error" });
    if (!Array.isArray(documents)) return [];
    const error = documents.flatMap((document) => document.errors)[0];
    if (error !== undefined) {
      const [line] = error.linePos ?? [];
      source.ledger.leaveOut(
        "read as written",
        line === undefined ? "" : `line ${line.line}`,
        "",
        "not YAML, kept as plain text",
      );
      return asText(text, source.ledger);
    }
    for (const document of documents) {
      enterRepeatedNames(document, text, source);
      enterComments(document, source);
    }
    let values: unknown[];
    try {
      values = documents.map((document) => document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown);
    } catch (cause) {
      throw unreadable(`not YAML that can be read: ${(cause as Error).message}`, cause);
    }
    const told = values.filter((value) => value !== null && value !== undefined);
    const value = told.length === 1 ? told[0] : told;
    checkFields(value, source);
    return valueParts(value, source);
  },
};

/** The value of a name that stands twice in one mapping is lost: only the last is kept. */
function enterRepeatedNames(document: Document, text: string, source: Source): void {
  const lineOf = lineFinder(text);
  visit(document, {
    Map(_, { items }) {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (names.has(key.value)) {
          const line = lineOf(key.range?.[0] ?? 0);
          const what = `"${String(key.value).slice(0, 80)}" stands there twice: only its last value is kept`;
          source.ledger.leaveOut("bad row", `line ${line}`, "", what);
        }
        names.add(key.value);
      }
    },
  });
}

function enterComments(document: Document, { ledger }: Source): void {
  const enter = ({ commentBefore, comment }: { commentBefore?: string | null; comment?: string | null }) => {
    for (const text of [commentBefore, comment]) if (text) ledger.leaveOut("comment", "", text);
  };
  enter(document);
  visit(document, (_, node) => {
    if (isNode(node)) enter(node);
  });
}

export function asText(text: string, ledger: { read(text: string, what: string, number: number): void }): LoadedPart[] {
  for (const [index, line] of text.split("\n").entries()) ledger.read(line, "line", index + 1);
  return [{ text }];
}
