import type { LoadedPart, RecordOptions } from "../loaders/loader.ts";
import { type DataRecord, linesOfRecord, textFieldsOf } from "./text-of-record.ts";

/** One row of a JSON, JSONL or CSV file. */
export interface Row {
  /** 1-based, for messages and as the row's name when it has no id. */
  number: number;
  value: unknown;
}

const ID_FIELDS = ["id", "_id", "key", "slug"];
const TITLE_FIELDS = ["title", "name", "heading", "subject", "question"];

/**
 * Turns rows into documents: text and id by `options` or by detection, all other fields into metadata. Rows without any
 * text are left out.
 *
 * @throws for a row that is neither an object nor a string, a named field that no row has, and an id given twice.
 */
export function recordParts(rows: readonly Row[], options: RecordOptions): LoadedPart[] {
  const records = rows.map(({ number, value }): { number: number; record: DataRecord } => ({
    number,
    record: asRecord(value, number),
  }));
  if (records.length > 0) {
    for (const field of options.textFields ?? []) assertSomeHas(field, "text field", records);
    if (options.idField !== undefined) assertSomeHas(options.idField, "id field", records);
  }
  const idField = options.idField ?? detectIdField(records);
  const seen = new Map<string, number>();
  const parts: LoadedPart[] = [];
  for (const { number, record } of records) {
    const part = partOf(record, number, idField, options);
    if (part.text.trim() === "") continue;
    const first = seen.get(part.key as string);
    if (first !== undefined) throw new Error(`rows ${first} and ${number} have the same id "${part.key}"`);
    seen.set(part.key as string, number);
    parts.push(part);
  }
  return parts;
}

function partOf(record: DataRecord, number: number, idField: string | undefined, options: RecordOptions): LoadedPart {
  const fields = textFieldsOf(record, options.textFields);
  const id = idField === undefined ? undefined : record[idField];
  if (idField !== undefined && !isName(id)) throw new Error(`row ${number} has no usable id in the field "${idField}"`);
  const text =
    fields === undefined ? linesOfRecord(record, idField) : fields.map((field) => String(record[field])).join("\n");
  const title = TITLE_FIELDS.map((field) => record[field]).find((value) => typeof value === "string" && value !== "") as
    | string
    | undefined;
  const metadata = Object.fromEntries(Object.entries(record).filter(([field]) => !(fields ?? []).includes(field)));
  return {
    key: id === undefined ? String(number) : String(id),
    text,
    metadata: { ...metadata, row: number },
    ...(title === undefined ? {} : { title }),
  };
}

function asRecord(value: unknown, number: number): DataRecord {
  if (typeof value === "string") return { text: value };
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as DataRecord;
  const what = value === null ? "null" : Array.isArray(value) ? "an array" : `a ${typeof value}`;
  throw new Error(`row ${number} is ${what}; it must be an object or a string`);
}

/** Detected only when it names every row and no two alike. */
function detectIdField(records: readonly { record: DataRecord }[]): string | undefined {
  return ID_FIELDS.find((field) => {
    const ids = records.map(({ record }) => record[field]);
    return ids.length > 0 && ids.every(isName) && new Set(ids.map(String)).size === ids.length;
  });
}

function isName(value: unknown): boolean {
  return (typeof value === "string" && value.trim() !== "") || typeof value === "number";
}

function assertSomeHas(field: string, what: string, records: readonly { record: DataRecord }[]): void {
  if (records.some(({ record }) => Object.hasOwn(record, field))) return;
  const there = [...new Set(records.flatMap(({ record }) => Object.keys(record)))].slice(0, 12);
  throw new Error(`no row has the ${what} "${field}"; there are: ${there.join(", ") || "none"}`);
}
