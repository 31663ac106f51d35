import { DESCRIPTION_FIELDS, foldName, ID_FIELDS, TEXT_FIELDS, TEXT_PAIRS, TITLE_FIELDS } from "./field-words.ts";
import { leavesOf } from "./leaves.ts";
import { linesOf, proseOf } from "./write-record.ts";

export type Plain = Record<string, unknown>;

export interface RecordText {
  text: string;
  title?: string;
  /** The fields that are not the text itself. */
  metadata: Plain;
  /** Dotted names of the values that are in the text as well. */
  written: ReadonlySet<string>;
}

interface TextOptions {
  /** Fields that the caller named as the text. */
  named: readonly string[] | undefined;
  table: boolean;
  shown: Readonly<Record<string, string>> | undefined;
}

/** Values that no one asks for by words: addresses, timestamps, hashes, encoded bytes. */
const MACHINE = [
  /^(?:https?|ftp|wss?|data|file):\S*$/i,
  /^\d{4}-\d\d-\d\dT\d\d:\d\d\S*$/,
  /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  /^[0-9a-f]{24,}$/i,
  /^[A-Za-z0-9+/_-]{120,}={0,2}$/,
];

/**
 * The text of a record. Its own text (`text`, `content`, `body`, `description`, a question with its answer, or what was
 * named) comes first; after it, every other field with words as a line `field: value`, so that part numbers and names are
 * found. Numbers follow where the record describes a thing, or is a row of a table; a record without a text of its own is
 * written out whole. Ids that are a text field's only companion, and what machines read, stay in metadata alone.
 */
export function textOfRecord(record: Plain, { named, table, shown }: TextOptions): RecordText {
  const main = mainFields(record, named);
  const isProse = main.fields.length > 0 && !main.describes;
  const title = titleOf(record);
  const written = new Set<string>();
  const lines: string[] = [];
  for (const [name, value] of Object.entries(record)) {
    if (main.fields.includes(name)) continue;
    if (main.fields.length > 0 && isId(name, value, isProse && !table)) continue;
    const wanted = !isProse || table || hasWords(value);
    if (!wanted || isMachine(value)) continue;
    lines.push(...linesOf(name, value, shown?.[name]));
    for (const leaf of leavesOf(value, name).leaves) written.add(leaf.name);
  }
  const texts = main.fields.map((name) => shown?.[name] ?? proseOf(record[name])).filter((text) => text.trim() !== "");
  const metadata = Object.fromEntries(Object.entries(record).filter(([name]) => !main.fields.includes(name)));
  const body = texts.join("\n");
  const text = [body, lines.join("\n")].filter((part) => part !== "").join("\n");
  return { text, metadata, written, ...(title === undefined ? {} : { title }) };
}

function mainFields(record: Plain, named: readonly string[] | undefined): { fields: string[]; describes: boolean } {
  const names = Object.keys(record).filter((name) => proseLength(record[name]) > 0);
  if (named !== undefined) {
    const folded = named.map(foldName);
    const fields = named.flatMap(
      (field, at) => names.find((name) => name === field) ?? names.find((name) => foldName(name) === folded[at]) ?? [],
    );
    return { fields, describes: false };
  }
  const byWords = (sets: readonly ReadonlySet<string>[]) => {
    for (const words of sets) {
      const found = names.find((name) => words.has(foldName(name)) && isText(record[name]));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const single = byWords(TEXT_FIELDS);
  if (single !== undefined) return { fields: [single], describes: false };
  for (const [question, answer] of TEXT_PAIRS) {
    const q = names.find((name) => question.has(foldName(name)) && isText(record[name]));
    const a = names.find((name) => answer.has(foldName(name)) && isText(record[name]));
    if (q !== undefined && a !== undefined) return { fields: [q, a], describes: false };
  }
  const description = byWords(DESCRIPTION_FIELDS);
  return description === undefined ? { fields: [], describes: false } : { fields: [description], describes: true };
}

/** The field that names the thing; of a nested one, its first text. */
export function titleOf(record: Plain): string | undefined {
  let best: { rank: number; text: string } | undefined;
  for (const [name, value] of Object.entries(record)) {
    // `name.common` names the thing as `name` does.
    const dot = name.indexOf(".");
    const word = foldName(dot > 0 ? name.slice(0, dot) : name);
    const rank = TITLE_FIELDS.findIndex((words) => words.has(word));
    if (rank < 0 || (best !== undefined && best.rank <= rank)) continue;
    const text = leavesOf(value).leaves[0]?.values[0];
    if (typeof text === "string" && text.trim() !== "") best = { rank, text: text.trim() };
  }
  return best?.text;
}

/** A string, or a list of them or of parts. */
function isText(value: unknown): boolean {
  return (
    typeof value === "string" ||
    (Array.isArray(value) &&
      leavesOf(value).leaves.some(({ values }) => values.some((each) => typeof each === "string")))
  );
}

/** An id that says nothing: any in prose, elsewhere a number or what machines read. `ID: DP-40` of a part list says a lot. */
function isId(name: string, value: unknown, any: boolean): boolean {
  if (!ID_FIELDS.some((words) => words.has(foldName(name)))) return false;
  return any || typeof value === "number" || isMachine(value) || isPlainNumber(value);
}

function isPlainNumber(value: unknown): boolean {
  return typeof value === "string" && /^\d+$/.test(value);
}

function hasWords(value: unknown): boolean {
  return leavesOf(value).leaves.some(({ values }) => values.some((each) => typeof each === "string"));
}

function isMachine(value: unknown): boolean {
  return typeof value === "string" && MACHINE.some((pattern) => pattern.test(value.trim()));
}

function proseLength(value: unknown): number {
  return leavesOf(value).leaves.reduce(
    (sum, { values }) => sum + values.reduce((s: number, each) => s + String(each).trim().length, 0),
    0,
  );
}
