import { extname } from "node:path";
import type { SourceType } from "../source-type.ts";
import { htmlLoader } from "./html/html.ts";
import type { Loader } from "./loader.ts";
import { markdownLoader } from "./markdown/markdown.ts";
import { pdfLoader } from "./pdf/pdf.ts";
import { csvLoader } from "./records/csv.ts";
import { jsonLoader } from "./records/json.ts";
import { jsonlLoader } from "./records/jsonl.ts";
import { tomlLoader } from "./records/toml.ts";
import { yamlLoader } from "./records/yaml.ts";
import { textLoader } from "./text.ts";

export const loaders: readonly Loader[] = [
  markdownLoader,
  textLoader,
  htmlLoader,
  pdfLoader,
  jsonLoader,
  jsonlLoader,
  csvLoader,
  yamlLoader,
  tomlLoader,
];

/** The loader for a file, by its extension. */
export function loaderFor(path: string): Loader | undefined {
  const extension = extname(path).toLowerCase();
  return loaders.find((loader) => loader.extensions.includes(extension));
}

export function loaderOfType(type: SourceType | undefined): Loader | undefined {
  return loaders.find((loader) => loader.type === type);
}
