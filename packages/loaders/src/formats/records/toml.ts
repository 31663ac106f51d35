import { parse } from "smol-toml";
import type { Loader } from "../loader.ts";
import { checkFields } from "./check-fields.ts";
import { valueParts } from "./value-parts.ts";
import { asText } from "./yaml.ts";

/** TOML: tables of an array are rows, as in JSON. What is no TOML is kept as text. */
export const tomlLoader: Loader = {
  type: "toml",
  extensions: [".toml"],
  load(source) {
    const text = source.text();
    let value: unknown;
    try {
      value = parse(text);
    } catch (error) {
      const { line } = error as { line?: number };
      source.ledger.leaveOut(
        "read as written",
        line === undefined ? "" : `line ${line}`,
        "",
        "not TOML, kept as plain text",
      );
      return asText(text, source.ledger);
    }
    for (const { line, comment } of commentsOf(text)) source.ledger.leaveOut("comment", `line ${line}`, comment);
    checkFields(value, source);
    return valueParts(value, source);
  },
};

/** What stands behind a `#` that is in no string. */
function commentsOf(text: string): { line: number; comment: string }[] {
  const comments: { line: number; comment: string }[] = [];
  const token = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#([^\n]*)|\n/g;
  let line = 1;
  for (const [whole, comment] of text.matchAll(token)) {
    if (comment !== undefined) comments.push({ line, comment });
    line += whole.split("\n").length - 1;
  }
  return comments;
}
