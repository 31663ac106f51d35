import { extname } from "node:path";
import type { SourceType } from "../source-type.ts";
import { setAttachmentLoaders } from "./attachments.ts";
import { captionsLoader } from "./captions/captions.ts";
import { htmlLoader } from "./html/html.ts";
import type { Loader } from "./loader.ts";
import { emlLoader } from "./mail/eml.ts";
import { msgLoader } from "./mail/msg.ts";
import { markdownLoader } from "./markdown/markdown.ts";
import { docxLoader } from "./office/docx.ts";
import { epubLoader } from "./office/epub.ts";
import { pptxLoader } from "./office/pptx.ts";
import { xlsxLoader } from "./office/xlsx.ts";
import { pdfLoader } from "./pdf/pdf.ts";
import { csvLoader } from "./records/csv.ts";
import { jsonLoader } from "./records/json.ts";
import { jsonlLoader } from "./records/jsonl.ts";
import { tomlLoader } from "./records/toml.ts";
import { yamlLoader } from "./records/yaml.ts";
import { sniffType } from "./sniff.ts";
import { textLoader } from "./text.ts";
import { xmlLoader } from "./xml/xml.ts";

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
  xmlLoader,
  docxLoader,
  xlsxLoader,
  pptxLoader,
  epubLoader,
  emlLoader,
  msgLoader,
  captionsLoader,
];

/** The loader for a file, by its extension. */
export function loaderFor(path: string): Loader | undefined {
  const extension = extname(path).toLowerCase();
  return loaders.find((loader) => loader.extensions.includes(extension));
}

export function loaderOfType(type: SourceType | undefined): Loader | undefined {
  return loaders.find((loader) => loader.type === type);
}

setAttachmentLoaders(
  (name, bytes) => loaderFor(name) ?? (extname(name) === "" ? loaderOfType(sniffType(bytes)) : undefined),
);
