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
    checkFields(value, source);
    return valueParts(value, source);
  },
};
