import type { LoadedPart } from "../formats/loader.ts";
import { LoadError } from "../load-error.ts";
import type { Source } from "../source.ts";
import { conversationOf, messageOf, writeConversation } from "./chat.ts";
import { foldName, ID_FIELDS } from "./field-words.ts";
import { isPlain, type Row } from "./find-rows.ts";
import { leavesOf } from "./leaves.ts";
import { type Plain, textOfRecord } from "./text-of-record.ts";
import { linesOf, proseOf } from "./write-record.ts";

export interface RecordsOptions {
  /** What a row is called in places: `row`, `line`. */
  what?: string;
  /** Whether the rows are those of a table: all columns belong into the text. Default false. */
  table?: boolean;
  /** Whether each row is a message of a chat: what was said is the text. Default false. */
  chat?: boolean;
  /** Put before every key, for the second and further sets of rows of a file. */
  keyPrefix?: string;
  /** Metadata of every row. */
  shared?: Plain;
}

/** A document in Sotto's own form, which is taken as it is. */
const OWN_FIELDS = new Set(["id", "text", "title", "metadata", "payload", "embedding"]);

/**
 * Turns rows into documents: text and id by the options or by detection, all other fields into metadata. What has no
 * text is entered in the book; an id that is given twice gets a number behind it.
 *
 * @throws `loader.unreadable` for a named field that no row has.
 */
export function recordParts(rows: readonly Row[], source: Source, options: RecordsOptions = {}): LoadedPart[] {
  const { what = "row", keyPrefix = "" } = options;
  const { textFields, idField } = source.options;
  const records = rows.map(({ value }) => value).filter(isPlain);
  if (records.length > 0) {
    for (const field of textFields ?? []) assertSomeHas(field, "text field", records);
    if (idField !== undefined) assertSomeHas(idField, "id field", records);
  }
  const id = idField === undefined ? detectIdField(rows) : nameIn(records, idField);
  const seen = new Map<string, number>();
  const parts: LoadedPart[] = [];
  for (const row of rows) {
    const leaves = leavesOf(row.value);
    for (const { name, values } of leaves.leaves) {
      if (row.shown?.[name] === undefined)
        for (const value of values) source.ledger.read(String(value), what, row.number);
    }
    for (const text of Object.values(row.shown ?? {})) source.ledger.read(text, what, row.number);
    for (const { name, length } of leaves.vectors) {
      source.ledger.leaveOut("embedded", `${what} ${row.number}`, "", `${name || "it"} is a list of ${length} numbers`);
    }
    const part = partOf(row, source, options);
    if (part.text.trim() === "") {
      source.ledger.leaveOut("no text", `${what} ${row.number}`);
      continue;
    }
    const key = keyOf(row, id);
    if (idField !== undefined && id !== undefined && key === `row-${row.number}`)
      source.ledger.leaveOut("read as written", `${what} ${row.number}`, "", `no usable id in "${idField}"`);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count > 1) {
      source.ledger.leaveOut(
        "read as written",
        `${what} ${row.number}`,
        "",
        `the id "${key.slice(0, 80)}" is given again`,
      );
    }
    parts.push({ ...part, key: keyPrefix + (count === 1 ? key : `${key}.${count}`) });
  }
  return parts;
}

function partOf(row: Row, source: Source, options: RecordsOptions): LoadedPart {
  const place = row.key === undefined ? { row: row.number } : { row: row.number, key: row.key };
  const more = { ...options.shared, ...place };
  const { value } = row;
  if (!isPlain(value))
    return { text: Array.isArray(value) ? proseOf(value) : linesOf("", value).join("\n"), metadata: more };
  const message = options.chat === true ? messageOf(value) : undefined;
  if (message !== undefined) return { text: message.text, metadata: { ...more, ...message.rest, role: message.role } };
  const own = ownForm(value);
  if (own !== undefined) return { ...own, metadata: { ...more, ...own.metadata } };
  const chat = conversationOf(value);
  if (chat !== undefined && source.options.textFields === undefined) {
    const text = [writeConversation(chat.messages), ...linesOf("", withoutId(chat.rest))].filter((line) => line !== "");
    return { text: text.join("\n\n"), metadata: { ...more, ...chat.rest } };
  }
  const { text, title, metadata, written } = textOfRecord(value, {
    named: source.options.textFields,
    table: options.table ?? false,
    shown: row.shown,
  });
  return { text, metadata: { ...more, ...metadata }, written, ...(title === undefined ? {} : { title }) };
}

/** `{ id, text, title?, metadata?, payload? }` and nothing else, with metadata or an id. */
function ownForm(value: Plain): LoadedPart | undefined {
  const { text, title, metadata, id } = value;
  if (typeof text !== "string" || !Object.keys(value).every((key) => OWN_FIELDS.has(key))) return undefined;
  if (metadata !== undefined && !isPlain(metadata)) return undefined;
  if (metadata === undefined && value.payload === undefined && !isName(id)) return undefined;
  return {
    text,
    metadata: {
      ...(isName(id) ? { id } : {}),
      ...metadata,
      ...(value.payload === undefined ? {} : { payload: value.payload }),
    },
    ...(typeof title === "string" && title !== "" ? { title } : {}),
  };
}

function keyOf(row: Row, id: string | undefined): string {
  if (id !== undefined && isPlain(row.value) && isName(row.value[id])) return String(row.value[id]).trim();
  return row.key ?? (id === undefined ? String(row.number) : `row-${row.number}`);
}

/** Detected only when it names every row and no two alike. */
function detectIdField(rows: readonly Row[]): string | undefined {
  const records = rows.map(({ value }) => value).filter(isPlain);
  const [first] = records;
  if (first === undefined) return undefined;
  for (const names of ID_FIELDS) {
    const field = Object.keys(first).find((name) => names.has(foldName(name)));
    if (field === undefined) continue;
    const ids = records.map((record) => record[field]);
    if (ids.every(isName) && new Set(ids.map((each) => String(each).trim())).size === ids.length) return field;
  }
  return undefined;
}

function withoutId(record: Plain): Plain {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !ID_FIELDS.some((names) => names.has(foldName(name)))),
  );
}

function isName(value: unknown): boolean {
  return (typeof value === "string" && value.trim() !== "") || (typeof value === "number" && Number.isFinite(value));
}

/** The field by its exact name, else without regard to case. */
export function nameIn(records: readonly Plain[], field: string): string | undefined {
  if (records.some((record) => Object.hasOwn(record, field))) return field;
  const folded = foldName(field);
  for (const record of records) {
    const found = Object.keys(record).find((name) => foldName(name) === folded);
    if (found !== undefined) return found;
  }
  return undefined;
}

function assertSomeHas(field: string, what: string, records: readonly Plain[]): void {
  if (nameIn(records, field) !== undefined) return;
  const there = [...new Set(records.slice(0, 100).flatMap((record) => Object.keys(record)))].slice(0, 12);
  throw new LoadError(
    "loader.unreadable",
    `no row has the ${what} "${field}"; there are: ${there.join(", ") || "none"}`,
  );
}
