import { findNodeAtOffset, type Node, type ParseError, parseTree, printParseErrorCode, visit } from "jsonc-parser";
import { unreadable } from "../../load-error.ts";
import type { Source } from "../../source.ts";
import { lineFinder } from "../../text/line-finder.ts";
import type { Loader } from "../loader.ts";
import { checkFields } from "./check-fields.ts";
import { linesAsRows } from "./jsonl.ts";
import { valueParts } from "./value-parts.ts";

/**
 * JSON: the rows of it wherever they are (see `findRows`), one document each; without any, one document. Comments and
 * trailing commas are allowed; in a damaged file the rows without damage are kept and the others named.
 */
export const jsonLoader: Loader = {
  type: "json",
  extensions: [".json", ".geojson", ".json5", ".jsonc", ".ipynb", ".webmanifest"],
  load(source) {
    const text = source.text();
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw unreadable(`not JSON: ${(cause as Error).message}`, cause);
      const lines = linesAsRows(text, source);
      if (lines !== undefined) return lines;
      value = mend(text, source, cause);
    }
    enterRepeatedNames(text, value, source);
    checkFields(value, source);
    return valueParts(value, source);
  },
};

/** With more faults a file is no damaged JSON, but something else. */
const MOST_ERRORS = 1_000;

/** The value of a name that an object has twice is lost in parsing; looked for only where the names' number differs. */
function enterRepeatedNames(text: string, value: unknown, source: Source): void {
  if ((text.match(/"\s*:/g)?.length ?? 0) <= countNames(value)) return;
  const objects: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => void objects.push(new Set()),
    onObjectEnd: () => void objects.pop(),
    onObjectProperty(name, _offset, _length, line) {
      const names = objects.at(-1);
      const what = `"${name.slice(0, 80)}" stands there twice: only its last value is kept`;
      if (names?.has(name)) source.ledger.leaveOut("bad row", `line ${line + 1}`, "", what);
      names?.add(name);
    },
  });
}

function countNames(value: unknown): number {
  let count = 0;
  for (let level = [value]; level.length > 0; ) {
    const next: unknown[] = [];
    for (const each of level) {
      if (typeof each !== "object" || each === null) continue;
      const items = Object.values(each);
      if (!Array.isArray(each)) count += items.length;
      for (const item of items) if (typeof item === "object") next.push(item);
    }
    level = next;
  }
  return count;
}

/** Parses with a parser that goes on after an error, and takes out the rows in which there is one. */
function mend(text: string, source: Source, cause: SyntaxError): unknown {
  const errors: ParseError[] = [];
  const root = parse(text, errors, cause);
  if (errors.length > MOST_ERRORS) throw unreadable(`not JSON: ${cause.message}`, cause);
  const damaged = new Set<Node>();
  const lineOf = lineFinder(text);
  for (const { offset, error } of errors) {
    const row = root === undefined ? undefined : rowAt(root, Math.min(offset, text.length - 1));
    if (row === undefined || root === undefined) throw unreadable(`not JSON: ${cause.message}`, cause);
    if (damaged.has(row)) continue;
    damaged.add(row);
    const number = (row.parent?.children?.indexOf(row) ?? 0) + 1;
    const held = text.slice(row.offset, row.offset + row.length);
    source.ledger.leaveOut("bad row", `row ${number}`, held, `line ${lineOf(offset)}: ${printParseErrorCode(error)}`);
  }
  if (root === undefined) throw unreadable(`not JSON: ${cause.message}`, cause);
  visit(text, {
    onComment: (offset, length, line) =>
      source.ledger.leaveOut("comment", `line ${line + 1}`, text.slice(offset, offset + length)),
  });
  if (errors.length === 0)
    source.ledger.leaveOut("read as written", "", "", "comments or trailing commas, which JSON does not have");
  const value = valueIn(root, damaged);
  if (damaged.size > 0 && isEmpty(value)) throw unreadable(`not JSON: ${cause.message}`, cause);
  return value;
}

function parse(text: string, errors: ParseError[], cause: SyntaxError): Node | undefined {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    throw unreadable(`not JSON: ${cause.message}`, cause);
  }
}

/** The outermost member of an array that holds the offset, or else the last one before it. */
function rowAt(root: Node, offset: number): Node | undefined {
  let row: Node | undefined;
  for (let node = findNodeAtOffset(root, offset, true); node !== undefined; node = node.parent) {
    if (node.parent?.type === "array") row = node;
    else if (node.type === "array" && row === undefined)
      row = node.children?.findLast((child) => child.offset <= offset);
  }
  if (row !== undefined || root.type !== "array") return row;
  return root.children?.findLast((child) => child.offset <= offset);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** The value of a node without the damaged rows in it. */
function valueIn(node: Node, damaged: ReadonlySet<Node>): unknown {
  const { children = [] } = node;
  if (node.type === "array")
    return children.filter((child) => !damaged.has(child)).map((child) => valueIn(child, damaged));
  if (node.type !== "object") return node.value as unknown;
  const fields = children.flatMap(({ children: [name, value] = [] }): [string, unknown][] =>
    name === undefined || value === undefined ? [] : [[String(name.value), valueIn(value, damaged)]],
  );
  return Object.fromEntries(fields);
}
