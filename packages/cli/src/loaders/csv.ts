import { parse } from "csv-parse/sync";
import { decodeText } from "../files/decode-text.ts";
import { type Row, recordParts } from "../records/record-parts.ts";
import { typedColumns } from "../records/typed-columns.ts";
import type { Loader } from "./loader.ts";

/**
 * CSV with a header line: one document a row, numbered from 1 below the header. The delimiter is the one of `,`, `;` and
 * tab that the header uses most. A column that holds only numbers, or only true and false, becomes numbers or booleans.
 */
export const csvLoader: Loader = {
  type: "csv",
  extensions: [".csv", ".tsv"],
  load({ name, bytes }, options) {
    const text = decodeText(bytes);
    const delimiter = name.toLowerCase().endsWith(".tsv") ? "\t" : delimiterOf(text);
    let records: Record<string, string>[];
    try {
      records = parse(text, { columns: header, delimiter, skip_empty_lines: true, trim: true });
    } catch (cause) {
      throw new Error(`not CSV: ${(cause as Error).message}`, { cause });
    }
    return recordParts(
      typedColumns(records).map((value, index): Row => ({ number: index + 1, value })),
      options,
    );
  },
};

/** A column without a name has nothing to be called by and is left out, as are columns named twice after the first. */
function header(names: readonly string[]): (string | false)[] {
  return names.map((name, index) => (name === "" || names.indexOf(name) !== index ? false : name));
}

function delimiterOf(text: string): string {
  const [first = ""] = text.replace(/"(?:[^"]|"")*"/g, "").split("\n", 1);
  const count = (delimiter: string) => first.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best));
}
