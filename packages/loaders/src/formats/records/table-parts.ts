import { overLimit } from "../../load-error.ts";
import type { Row } from "../../rows/find-rows.ts";
import { recordParts } from "../../rows/record-parts.ts";
import { type Cell, typedColumns } from "../../rows/typed-columns.ts";
import type { Source } from "../../source.ts";
import type { LoadedPart } from "../loader.ts";
import type { CsvRecord } from "./csv-records.ts";

export interface TableOptions {
  keyPrefix?: string;
  /** Metadata of every row. */
  shared?: Record<string, unknown>;
  /** Cells that have a type by themselves, by `line` and column; a spreadsheet knows its numbers and dates. */
  typed?: (line: number, column: number) => Cell | undefined;
}

const SAMPLE = 50;
const NUMBER = /^-?\d+(?:[.,]\d+)?$/;
const YEAR = /^(?:19|20)\d\d$/;

/**
 * The rows of a table with a header as documents, numbered from 1 below it. Rows of another length are named: shorter
 * ones are kept, longer ones whose further cells hold something are left out. Lines above the header are a document.
 */
export function tableParts(records: readonly CsvRecord[], source: Source, options: TableOptions = {}): LoadedPart[] {
  const width = usualWidth(records);
  const at = Math.max(
    0,
    records.findIndex(({ cells }) => filled(cells) >= Math.min(width, 2)),
  );
  const first = records[at];
  if (first === undefined) return [];
  const { columns: mostColumns } = source.limits;
  if (first.cells.length > mostColumns) {
    throw overLimit("columns", mostColumns, first.cells.length, `columns in line ${first.line}`);
  }
  const hasHeader = isHeader(first.cells);
  const names = columnNames(hasHeader ? first.cells : first.cells.map(() => ""));
  const below = records.slice(hasHeader ? at + 1 : at);
  const kept = below
    .map((record, index) => ({ ...record, number: index + 1 }))
    .filter((row) => fits(row, names.length, source));
  const types = typedColumns(
    kept.map(({ cells }) => cells),
    names.length,
  );
  const rows = kept.map(({ cells, line, number }): Row => {
    const value: [string, Cell | null][] = [];
    const shown: [string, string][] = [];
    for (const [column, name] of names.entries()) {
      const written = cells[column] ?? "";
      if (written.trim() === "") continue;
      shown.push([name, written]);
      const cell = options.typed?.(line, column) ?? types[column]?.(written);
      // `n/a` among numbers: in the text as it is written, no value in metadata.
      value.push([name, cell ?? null]);
    }
    return { number, value: Object.fromEntries(value), shown: Object.fromEntries(shown) };
  });
  return [
    ...preamble(records.slice(0, at), source),
    ...recordParts(rows, source, { table: true, ...shareOf(options) }),
  ];
}

function shareOf({ keyPrefix, shared }: TableOptions) {
  return { ...(keyPrefix === undefined ? {} : { keyPrefix }), ...(shared === undefined ? {} : { shared }) };
}

function fits(
  { cells, number }: { cells: readonly string[]; number: number },
  columns: number,
  source: Source,
): boolean {
  if (cells.length === columns) return true;
  const what = `${cells.length} columns instead of ${columns}`;
  if (cells.length < columns) {
    source.ledger.leaveOut("read as written", `row ${number}`, "", what);
    return true;
  }
  if (cells.slice(columns).every((cell) => cell.trim() === "")) return true;
  source.ledger.leaveOut("bad row", `row ${number}`, cells.join(" "), what);
  return false;
}

/** A name for each column: the second of one name becomes `price_2`, one without a name `column_3`. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const name = cell.trim().replace(/\s+/g, " ") || `column_${index + 1}`;
    let free = name;
    for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
    taken.add(free);
    return free;
  });
}

/** A header has no numbers, but for years, and no text as long as a paragraph. */
function isHeader(cells: readonly string[]): boolean {
  return !cells.some((cell) => (NUMBER.test(cell) && !YEAR.test(cell)) || cell.length > 200);
}

function usualWidth(records: readonly CsvRecord[]): number {
  const widths = new Map<number, number>();
  for (const { cells } of records.slice(0, SAMPLE)) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  return [...widths].reduce((best, each) => (each[1] > best[1] ? each : best), [1, 0])[0];
}

function filled(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== "").length;
}

/** What stands above the header: a title, a date, remarks. */
function preamble(records: readonly CsvRecord[], source: Source): LoadedPart[] {
  const text = records.map(({ cells }) => cells.filter((cell) => cell.trim() !== "").join(" ")).join("\n");
  if (text.trim() === "") return [];
  for (const { cells, line } of records) source.ledger.read(cells.join(" "), "line", line);
  return [{ key: "preamble", text }];
}
