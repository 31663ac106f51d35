import type { Sotto } from "@sotto/core";
import { printable } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";

const PAGE = 500;

/** Prints every document of an index as it is searched: id, title, metadata, text. */
export async function printChunks(sotto: Sotto, index: string, { out, outColors }: Terminal): Promise<void> {
  const { bold, cyan, dim } = outColors;
  for (let offset = 0; ; offset += PAGE) {
    const documents = await sotto.getDocs(index, { limit: PAGE, offset });
    for (const { id, title, text, metadata = {} } of documents) {
      out(`${cyan(printable(id))}${title === undefined ? "" : `  ${bold(printable(title))}`}`);
      const fields = Object.entries(metadata).filter(([name]) => name !== "contentHash" && name !== "source");
      out(dim(`   ${printable(fields.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(" "))}`));
      for (const line of text.split("\n")) out(`   ${printable(line)}`);
      out("");
    }
    if (documents.length < PAGE) return;
  }
}
