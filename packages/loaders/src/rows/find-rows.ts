import { foldName, TEXT_FIELDS } from "./field-words.ts";

/** One record, and where it stands. */
export interface Row {
  /** 1-based, for messages, and the row's name when it has no id. */
  number: number;
  value: unknown;
  /** What names it in the file, where the file does: the key of an object of records. */
  key?: string;
  /** Cells as they are written, by field, where the value has numbers. */
  shown?: Readonly<Record<string, string>>;
}

export interface RowSet {
  /** Where the rows stand: `results`, `data.items`; empty for the file itself. */
  path: string;
  rows: Row[];
}

export interface FoundRows {
  /** The one with the most text first. */
  sets: RowSet[];
  /** What stands beside the rows; undefined when there is nothing. */
  beside?: Record<string, unknown>;
}

type Plain = Record<string, unknown>;

/** Rows are not looked for deeper. */
const DEEPEST = 8;
/** Rows with less of the text than this are part of a document, not documents. */
const LEAST_SHARE = 0.4;
/** Of the names in a set of records, how many a record has at least, on average, if the records are of one kind. */
const LIKENESS = 0.5;

/**
 * Finds the rows of a value as JSON, YAML or TOML give it: the value itself when it is an array, GeoJSON features, a
 * table as columns and data, arrays of objects at any depth, objects of objects by id. Undefined when it is one document.
 */
export function findRows(value: unknown): FoundRows | undefined {
  if (Array.isArray(value)) return { sets: [{ path: "", rows: rowsOfArray(value) }] };
  if (!isPlain(value)) return undefined;
  const features = featuresOf(value) ?? splitTable(value);
  if (features !== undefined) return features;
  if (isKeyed(value)) return { sets: [{ path: "", rows: keyedRows(value) }], ...besideKeyed(value) };
  const sets: RowSet[] = [];
  const beside = withoutRows(value, "", 0, sets);
  if (sets.length === 0) return undefined;
  const sizes = new Map(sets.map((set) => [set, textSize(set.rows.map((row) => row.value))]));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (hasText(value) && total < LEAST_SHARE * textSize(value)) return undefined;
  sets.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
  return { sets, ...(beside === undefined ? {} : { beside }) };
}

/** An array of arrays is a table when its first row names columns. */
function rowsOfArray(value: readonly unknown[]): Row[] {
  const [header, ...rest] = value;
  const isTable =
    rest.length > 0 &&
    value.every((row) => Array.isArray(row)) &&
    Array.isArray(header) &&
    header.every((name) => typeof name === "string" && name !== "") &&
    new Set(header).size === header.length &&
    rest.every((row) => Array.isArray(row) && row.length === header.length);
  if (!isTable) return value.map((each, index) => ({ number: index + 1, value: each }));
  return tableRows(header as string[], rest as unknown[][]);
}

function tableRows(columns: readonly string[], data: readonly (readonly unknown[])[]): Row[] {
  return data.map((cells, index) => ({
    number: index + 1,
    value: Object.fromEntries(columns.map((column, at) => [column, cells[at]])),
  }));
}

/** GeoJSON: the properties of each feature, and its place where it is a point. */
function featuresOf(value: Plain): FoundRows | undefined {
  const { type, features, ...more } = value;
  if (type !== "FeatureCollection" || !Array.isArray(features)) return undefined;
  const rows = features.map((feature: unknown, index): Row => {
    if (!isPlain(feature)) return { number: index + 1, value: feature };
    const { type: _, id, geometry, properties, ...rest } = feature;
    const point = pointOf(geometry);
    const record = {
      ...(id === undefined ? {} : { id }),
      ...(isPlain(properties) ? properties : { properties }),
      ...rest,
      ...(point === undefined ? {} : { location: point }),
      ...(point !== undefined || !isPlain(geometry) ? {} : { geometry: geometry.type }),
    };
    return { number: index + 1, value: record };
  });
  return { sets: [{ path: "", rows }], ...(Object.keys(more).length === 0 ? {} : { beside: more }) };
}

/** `[longitude, latitude]` of GeoJSON as `[latitude, longitude]`. */
function pointOf(geometry: unknown): readonly [number, number] | undefined {
  if (!isPlain(geometry) || geometry.type !== "Point" || !Array.isArray(geometry.coordinates)) return undefined;
  const [longitude, latitude] = geometry.coordinates as unknown[];
  return typeof longitude === "number" && typeof latitude === "number" ? [latitude, longitude] : undefined;
}

/** `{ columns: [...], data: [[...], ...] }`, as data frames are written. */
function splitTable(value: Plain): FoundRows | undefined {
  const { columns = value.header ?? value.headers, data = value.rows } = value;
  if (!Array.isArray(columns) || !Array.isArray(data) || data.length === 0) return undefined;
  if (!columns.every((name) => typeof name === "string")) return undefined;
  if (!data.every((row) => Array.isArray(row) && row.length === columns.length)) return undefined;
  const taken = new Set<unknown>([columns, data]);
  const more = Object.entries(value).filter(([key, item]) => !taken.has(item) && key !== "index");
  const beside = more.length === 0 ? {} : { beside: Object.fromEntries(more) };
  return { sets: [{ path: "", rows: tableRows(columns as string[], data as unknown[][]) }], ...beside };
}

/** Takes the sets of rows out of an object and answers what is left of it. */
function withoutRows(value: Plain, path: string, depth: number, sets: RowSet[]): Plain | undefined {
  const rest: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (Array.isArray(item) && isRecords(item)) sets.push({ path: at, rows: rowsOfArray(item) });
    else if (isPlain(item) && depth < DEEPEST) {
      if (isKeyed(item)) {
        sets.push({ path: at, rows: keyedRows(item) });
        const more = besideKeyed(item).beside;
        if (more !== undefined) rest.push([key, more]);
      } else {
        const left = withoutRows(item, at, depth + 1, sets);
        if (left !== undefined) rest.push([key, left]);
      }
    } else rest.push([key, item]);
  }
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/** Mostly objects. */
function isRecords(value: readonly unknown[]): boolean {
  if (value.length === 0) return false;
  return value.filter(isPlain).length > value.length / 2;
}

/** Whether an object holds records of one kind by their ids. */
function isKeyed(value: Plain): boolean {
  const all = Object.values(value);
  const records = all.filter(isPlain);
  if (records.length < 2 || records.length < all.length * 0.8) return false;
  const names = new Map<string, number>();
  for (const record of records) for (const name of Object.keys(record)) names.set(name, (names.get(name) ?? 0) + 1);
  let shared = 0;
  let every = 0;
  for (const count of names.values()) {
    if (count > 1) shared += count;
    every += count;
  }
  const average = every / records.length;
  return average > 0 && shared / every >= LIKENESS && average / names.size >= LIKENESS / 2;
}

function keyedRows(value: Plain): Row[] {
  return Object.entries(value)
    .filter(([, item]) => isPlain(item))
    .map(([key, item], index) => ({ number: index + 1, key, value: item }));
}

function besideKeyed(value: Plain): { beside?: Plain } {
  const more = Object.entries(value).filter(([, item]) => !isPlain(item));
  return more.length === 0 ? {} : { beside: Object.fromEntries(more) };
}

/** Whether the object has a text of its own. */
function hasText(value: Plain): boolean {
  return Object.entries(value).some(
    ([key, item]) => TEXT_FIELDS.some((names) => names.has(foldName(key))) && !(Array.isArray(item) && isRecords(item)),
  );
}

/** Characters of all strings and numbers, about. */
function textSize(value: unknown, depth = 0): number {
  if (typeof value === "string") return value.length;
  if (typeof value === "number" || typeof value === "boolean") return 4;
  if (typeof value !== "object" || value === null || depth > 64) return 0;
  let size = 0;
  for (const item of Object.values(value)) size += textSize(item, depth + 1);
  return size;
}

export function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
