import { decodeText } from "../files/decode-text.ts";
import { type Row, recordParts } from "../records/record-parts.ts";
import type { Loader } from "./loader.ts";

/** JSON lines: one document a line; empty lines are skipped, rows are numbered by line. */
export const jsonlLoader: Loader = {
  type: "jsonl",
  extensions: [".jsonl", ".ndjson"],
  load({ bytes }, options) {
    const rows = decodeText(bytes)
      .split("\n")
      .flatMap((line, index): Row[] =>
        line.trim() === "" ? [] : [{ number: index + 1, value: parseLine(line, index + 1) }],
      );
    return recordParts(rows, options);
  },
};

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`line ${number} is not JSON: ${(cause as SyntaxError).message}`, { cause });
  }
}
