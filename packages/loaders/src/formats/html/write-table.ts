import { type Element, isElement, type Node } from "./tree.ts";

export interface Cell {
  text: string;
  header: boolean;
  colspan: number;
  rowspan: number;
}

/** A cell is written again in so many further columns or rows at most, whatever it claims. */
const MOST_SPAN = 100;
/** Larger tables are written cell by cell. */
const MOST_CELLS = 2_000_000;
const LONGEST_CELL = 300;
const NUMBER = /^[\s\d.,%€$£+-]+$/;

export interface TableRow {
  cells: Element[];
  inHead: boolean;
}

/** The rows of a table, in order, without those of tables in it. */
export function rowsOf(table: Element): TableRow[] {
  const rows: TableRow[] = [];
  const visit = (nodes: readonly Node[], inHead: boolean): void => {
    for (const node of nodes) {
      if (!isElement(node)) continue;
      if (node.name === "tr") rows.push({ cells: node.children.filter(isElement).filter(isCell), inHead });
      else if (node.name === "thead" || node.name === "tbody" || node.name === "tfoot")
        visit(node.children, node.name === "thead");
    }
  };
  visit(table.children, false);
  return rows.filter(({ cells }) => cells.length > 0);
}

function isCell({ name }: Element): boolean {
  return name === "td" || name === "th";
}

/** Whether a table shows data, and does not only arrange a page. */
export function isDataTable(table: Element, rows: readonly TableRow[], texts: readonly (readonly string[])[]): boolean {
  if (rows.some(({ cells }) => cells.some((cell) => holds(cell, NOT_IN_DATA)))) return false;
  if (table.attributes.role === "presentation" || table.attributes.role === "none") return false;
  if (table.children.some((child) => isElement(child) && (child.name === "caption" || child.name === "thead")))
    return true;
  if (rows.some(({ cells }) => cells.some(({ name }) => name === "th"))) return true;
  const all = texts.flat();
  if (rows.length < 2 || Math.max(...rows.slice(0, 1_000).map(({ cells }) => cells.length)) < 2) return false;
  return (
    all.every((text) => text.length <= LONGEST_CELL) &&
    all.reduce((sum, text) => sum + text.length, 0) / all.length <= 80
  );
}

const NOT_IN_DATA: ReadonlySet<string> = new Set(["table", "h1", "h2", "h3", "h4", "h5", "h6", "form", "pre"]);

function holds(element: Element, names: ReadonlySet<string>): boolean {
  return element.children.some((child) => isElement(child) && (names.has(child.name) || holds(child, names)));
}

/** A table of names with one value each, as `name: value` lines; undefined for any other. */
export function asPairs(rows: readonly (readonly Cell[])[]): string | undefined {
  const isPairs = rows.every((cells) => cells.length === 2 && cells[0]?.header === true && cells[1]?.header === false);
  if (!isPairs) return undefined;
  return rows.map(([name, value]) => `${(name?.text ?? "").replace(/:\s*$/, "")}: ${value?.text ?? ""}`).join("\n");
}

/** A table as Markdown has them, its header first; cells over several columns or rows are repeated. */
export function writeTable(rows: readonly (readonly Cell[])[], headRows: number): string {
  if (rows.every((cells) => cells.every(({ text }) => text === ""))) return "";
  const grid = layOut(rows);
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  const head = headRows > 0 ? headRows : Number(looksLikeHeader(grid));
  const header = Array.from({ length: width }, (_, column) =>
    // A cell over several rows is one cell.
    [...new Set(grid.slice(0, head).map((row) => row[column]))]
      .map((cell) => cell?.text ?? "")
      .filter((text) => text !== "")
      .join(" "),
  );
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, column) => (cells[column] ?? "").replaceAll("|", "\\|")).join(" | ")} |`;
  const body = grid.slice(head).map((row) => line(Array.from(row, (cell) => cell?.text ?? "")));
  return [line(header), `|${" --- |".repeat(width)}`, ...body].join("\n");
}

/** A first row of short words over a row with a number in it. */
function looksLikeHeader([first = [], second]: readonly (readonly (Cell | undefined)[])[]): boolean {
  return (
    second !== undefined &&
    Array.from(first, (cell) => cell?.text ?? "").every(
      (text) => text !== "" && text.length <= 60 && !NUMBER.test(text),
    )
  );
}

function layOut(rows: readonly (readonly Cell[])[]): (Cell | undefined)[][] {
  const widest = rows.reduce((most, cells) => Math.max(most, cells.length), 0);
  const grid: (Cell | undefined)[][] = rows.map(() => []);
  let total = 0;
  for (const [at, cells] of rows.entries()) {
    const row = grid[at] ?? [];
    let column = 0;
    for (const cell of cells) {
      const { colspan, rowspan } = cell;
      while (row[column] !== undefined) column++;
      const across = Math.min(colspan, Math.max(1, Math.min(MOST_SPAN, widest)));
      const down = Math.min(rowspan, rows.length - at, MOST_SPAN);
      total += across * down;
      if (total > MOST_CELLS) return rows.map((each) => [...each]);
      for (let y = 0; y < down; y++) for (let x = 0; x < across; x++) (grid[at + y] ?? [])[column + x] = cell;
      column += across;
    }
  }
  return grid;
}
