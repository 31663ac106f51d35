/** The kinds of files that can be loaded. */
export type SourceType =
  | "markdown"
  | "text"
  | "html"
  | "pdf"
  | "json"
  | "jsonl"
  | "csv"
  | "yaml"
  | "toml"
  | "xml"
  | "docx"
  | "xlsx"
  | "pptx"
  | "epub"
  | "eml"
  | "msg"
  | "captions";
