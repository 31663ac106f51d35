import type { Loader } from "./loader.ts";

/** Plain text: one document, titled by the file's name. */
export const textLoader: Loader = {
  type: "text",
  extensions: [".txt", ".text", ".log", ".rst", ".adoc", ".asciidoc", ".org"],
  load(source) {
    const text = source.text();
    for (const [index, line] of text.split("\n").entries()) source.ledger.read(line, "line", index + 1);
    return [{ text }];
  },
};
