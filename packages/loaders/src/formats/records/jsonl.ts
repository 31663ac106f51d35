import { unreadable } from "../../load-error.ts";
import type { Row } from "../../rows/find-rows.ts";
import { recordParts } from "../../rows/record-parts.ts";
import type { Source } from "../../source.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import { checkFields } from "./check-fields.ts";

/** JSON lines: one document a line; empty lines are skipped, damaged ones named, rows are numbered by line. */
export const jsonlLoader: Loader = {
  type: "jsonl",
  extensions: [".jsonl", ".ndjson", ".ldjson"],
  load(source) {
    const { rows, bad } = parseLines(source.text());
    if (rows.length === 0 && bad.length > 0) throw unreadable(`line ${bad[0]?.number} is not JSON: ${bad[0]?.message}`);
    for (const { number, text, message } of bad) source.ledger.leaveOut("bad line", `line ${number}`, text, message);
    checkFields(
      rows.map(({ value }) => value),
      source,
    );
    return recordParts(rows, source, { what: "line" });
  },
};

/** A `.json` file that is JSON lines by what is in it: two lines at least, all of them objects. */
export function linesAsRows(text: string, source: Source): LoadedPart[] | undefined {
  const { rows, bad } = parseLines(text);
  if (bad.length > 0 || rows.length < 2) return undefined;
  checkFields(
    rows.map(({ value }) => value),
    source,
  );
  return recordParts(rows, source, { what: "line" });
}

interface BadLine {
  number: number;
  text: string;
  message: string;
}

function parseLines(text: string): { rows: Row[]; bad: BadLine[] } {
  const rows: Row[] = [];
  const bad: BadLine[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      rows.push({ number: index + 1, value: JSON.parse(line) });
    } catch (error) {
      bad.push({ number: index + 1, text: line, message: shortMessage(error as Error) });
    }
  }
  return { rows, bad };
}

/** V8 quotes the text; the position is enough. */
function shortMessage({ message }: Error): string {
  return /Unterminated string|Unexpected end|Expected [^ ]+(?: or [^ ]+)?/.exec(message)?.[0] ?? "not JSON";
}
