import { parse } from "csv-parse/sync";
import type { Source } from "../../source.ts";

/** A line of a table, or several where a cell has line ends. */
export interface CsvRecord {
  cells: string[];
  /** 1-based, where it begins. */
  line: number;
}

/** Cuts CSV into records: as RFC 4180 has it, and where the quotes are broken, by `cutTolerantly`. */
export function csvRecords(text: string, delimiter: string, source: Source): CsvRecord[] {
  try {
    const found = parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return found.map(({ record, info }) => {
      const height = record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
      return { cells: record, line: info.lines - height };
    });
  } catch {
    return cutTolerantly(text, delimiter, (line) =>
      source.ledger.leaveOut("read as written", `line ${line}`, "", "a quote that opens no cell or is not closed"),
    );
  }
}

/**
 * Cuts CSV whose quotes are broken. A quote opens a cell only where one begins and the next single quote ends it, before a
 * delimiter or a line end; any other is text, and the cell ends at the next delimiter or line end, so that a broken quote
 * costs no other row. `onLiteral` is told the line of each.
 */
export function cutTolerantly(text: string, delimiter: string, onLiteral: (line: number) => void): CsvRecord[] {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let recordLine = 1;
  const endRecord = () => {
    if (cells.some((cell) => cell !== "")) records.push({ cells, line: recordLine });
    cells = [];
    recordLine = line;
  };
  for (let at = 0; at <= text.length; ) {
    const start = skipBlanks(text, at, delimiter);
    const close = text.charAt(start) === '"' ? closingQuote(text, start, delimiter) : -1;
    let end: number;
    if (close >= 0) {
      const cell = text.slice(start + 1, close).replaceAll('""', '"');
      line += cell.split("\n").length - 1;
      cells.push(cell);
      end = skipBlanks(text, close + 1, delimiter);
    } else {
      end = endOfCell(text, start, delimiter);
      const cell = text.slice(start, end).trim();
      if (cell.includes('"')) onLiteral(line);
      cells.push(cell);
    }
    at = end + 1;
    if (text.charAt(end) !== delimiter) {
      line++;
      endRecord();
    }
  }
  return records;
}

/** The quote that closes the one at `start`; -1 when the next single quote does not stand at the end of a cell. */
function closingQuote(text: string, start: number, delimiter: string): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  if (at < 0) return -1;
  const after = text.charAt(skipBlanks(text, at + 1, delimiter));
  return after === "" || after === "\n" || after === delimiter ? at : -1;
}

function endOfCell(text: string, start: number, delimiter: string): number {
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === delimiter || char === "\n") return at;
  }
  return text.length;
}

function skipBlanks(text: string, start: number, delimiter: string): number {
  let at = start;
  while ((text.charAt(at) === " " || text.charAt(at) === "\t") && text.charAt(at) !== delimiter) at++;
  return at;
}
