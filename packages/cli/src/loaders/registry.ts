import { extname } from "node:path";
import { csvLoader } from "./csv.ts";
import { htmlLoader } from "./html.ts";
import { jsonLoader } from "./json.ts";
import { jsonlLoader } from "./jsonl.ts";
import type { Loader } from "./loader.ts";
import { markdownLoader } from "./markdown.ts";
import { pdfLoader } from "./pdf.ts";
import { textLoader } from "./text.ts";

export const loaders: readonly Loader[] = [
  markdownLoader,
  textLoader,
  htmlLoader,
  pdfLoader,
  jsonLoader,
  jsonlLoader,
  csvLoader,
];

/** The loader for a file, by its extension. */
export function loaderFor(path: string): Loader | undefined {
  const extension = extname(path).toLowerCase();
  return loaders.find((loader) => loader.extensions.includes(extension));
}
