import { overLimit, unreadable } from "../../load-error.ts";
import { type Element, elementsOf } from "../html/tree.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import type { CsvRecord } from "../records/csv-records.ts";
import { tableParts } from "../records/table-parts.ts";
import {
  attribute,
  BESIDES,
  childNamed,
  childrenNamed,
  drawnText,
  local,
  OfficePackage,
  textOfXml,
} from "./package.ts";
import { cellReader } from "./xlsx-cells.ts";

const WANTED =
  /^(?:xl\/(?:workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml|docProps\/core\.xml)$/i;
/** A merged cell is written again in so many rows and columns at most. */
const MOST_MERGED = 1_000;

/** Excel: the rows of each sheet, as those of a CSV file. Dates become ISO 8601, formulas what they last came to. */
export const xlsxLoader: Loader = {
  type: "xlsx",
  extensions: [".xlsx", ".xlsm", ".xltx"],
  load(source) {
    const file = new OfficePackage(source, (name) => WANTED.test(name) || BESIDES.test(name));
    const workbook = file.xml("xl/workbook.xml");
    if (workbook === undefined) throw unreadable("not an Excel file: it has no workbook in it");
    const sheets = [...elementsOf(workbook)].filter((element) => local(element) === "sheet");
    if (sheets.length > source.limits.pages) throw overLimit("pages", source.limits.pages, sheets.length, "sheets");
    const relations = file.relations("xl/workbook.xml");
    const uses1904 = [...elementsOf(workbook)].some((element) =>
      ["1", "true"].includes(attribute(element, "date1904") ?? ""),
    );
    const read = cellReader(file.xml("xl/sharedStrings.xml"), file.xml("xl/styles.xml"), uses1904);
    for (const name of file.names.filter((each) => BESIDES.test(each))) {
      const root = file.xml(name);
      const isComment = /comments/i.test(name);
      const text = isComment && root !== undefined ? textOfXml(root) : drawnText(root);
      if (text.trim() !== "")
        source.ledger.leaveOut(isComment ? "comment" : "embedded", name.slice(name.lastIndexOf("/") + 1), text);
    }
    const shown = sheets.filter(
      (sheet) => attribute(sheet, "state") === undefined || attribute(sheet, "state") === "visible",
    );
    return sheets.flatMap((sheet): LoadedPart[] => {
      source.checkTime();
      const name = attribute(sheet, "name") ?? "";
      const target = relations.get(attribute(sheet, "id") ?? "")?.target;
      const root = target === undefined ? undefined : file.xml(target);
      if (root === undefined) return [];
      const records = recordsOf(root, read);
      if (!shown.includes(sheet)) {
        source.ledger.leaveOut("hidden", `sheet ${name}`, records.map(({ cells }) => cells.join(" ")).join(" "));
        return [];
      }
      const within = shown.length > 1 ? { keyPrefix: `${name}:`, shared: { sheet: name } } : {};
      return tableParts(records, source, within);
    });
  },
};

function recordsOf(root: Element, read: (cell: Element) => string): CsvRecord[] {
  const sheet = root.children.find((child): child is Element => "name" in child && local(child) === "worksheet");
  const data = childNamed(sheet, "sheetData");
  const rows = new Map<number, string[]>();
  let row = 0;
  for (const element of data === undefined ? [] : childrenNamed(data, "row")) {
    row = Number(attribute(element, "r")) || row + 1;
    const cells: string[] = [];
    for (const cell of childrenNamed(element, "c")) {
      const column = columnOf(attribute(cell, "r")) ?? cells.length;
      if (column < 16_384) cells[column] = read(cell);
    }
    rows.set(row, cells);
  }
  for (const merge of elementsOf(childNamed(sheet, "mergeCells") ?? root)) {
    if (local(merge) === "mergeCell") fill(rows, attribute(merge, "ref") ?? "");
  }
  // A sheet has no rows of another length, only empty cells.
  const widest = [...rows.values()].reduce((most, cells) => Math.max(most, cells.length), 0);
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([line, cells]) => ({ line, cells: Array.from({ length: widest }, (_, column) => cells[column] ?? "") }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
}

/** A merged cell holds for all rows that it goes over. */
function fill(rows: Map<number, string[]>, range: string): void {
  const [, from, top, to, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range) ?? [];
  const [left, right] = [columnOf(from), columnOf(to)];
  if (left === undefined || right === undefined || right - left > MOST_MERGED) return;
  const value = rows.get(Number(top))?.[left];
  if (value === undefined || value === "") return;
  for (let row = Number(top); row <= Math.min(Number(bottom), Number(top) + MOST_MERGED); row++) {
    const cells = rows.get(row);
    // One that only goes over columns is a title: written once.
    if (cells === undefined || row === Number(top)) continue;
    for (let column = left; column <= right; column++) cells[column] ||= value;
  }
}

/** The 0-based column of a reference such as `AB12`. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
