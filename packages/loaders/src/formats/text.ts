import { transcriptParts } from "./captions/transcript.ts";
import type { Loader } from "./loader.ts";

/** Plain text: one document, titled by the file's name; the transcript of a call one document a turn. */
export const textLoader: Loader = {
  type: "text",
  extensions: [".txt", ".text", ".log", ".rst", ".adoc", ".asciidoc", ".org"],
  load(source) {
    const text = source.text();
    const turns = /\.(?:txt|text)$/i.test(source.name) ? transcriptParts(text, source.ledger) : undefined;
    if (turns !== undefined) return turns;
    for (const [index, line] of text.split("\n").entries()) source.ledger.read(line, "line", index + 1);
    return [{ text }];
  },
};
