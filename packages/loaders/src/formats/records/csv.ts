import type { Loader } from "../loader.ts";
import { findDelimiter, namedDelimiter } from "./csv-delimiter.ts";
import { csvRecords } from "./csv-records.ts";
import { tableParts } from "./table-parts.ts";

/**
 * CSV with a header line: one document a row. The delimiter is what Excel's `sep=` names, else the one that cuts most
 * lines alike. Broken quotes are text, rows that do not fit are named.
 */
export const csvLoader: Loader = {
  type: "csv",
  extensions: [".csv", ".tsv", ".tab", ".psv"],
  load(source) {
    const whole = source.text();
    const named = namedDelimiter(whole);
    const text = named?.rest ?? whole;
    const isTsv = source.name.toLowerCase().endsWith(".tsv") && text.includes("\t");
    const delimiter = named?.delimiter ?? (isTsv ? "\t" : findDelimiter(text));
    return tableParts(csvRecords(text, delimiter, source), source);
  },
};
