export type DataRecord = Readonly<Record<string, unknown>>;

/** Fields that are taken for the text, in this order of preference, in any case. */
const TEXT_FIELDS = ["text", "content", "body", "passage", "markdown", "document", "message", "description"];
/** Pairs that belong together. */
const TEXT_PAIRS = [
  ["question", "answer"],
  ["q", "a"],
  ["prompt", "response"],
];

/**
 * Which fields of a record are its text: those that were named, else the first of `text`, `content`, `body`, `passage`,
 * `markdown`, `document`, `message`, `description` or a question with its answer; undefined when it has none of them.
 */
export function textFieldsOf(record: DataRecord, named: readonly string[] | undefined): string[] | undefined {
  if (named !== undefined) return named.filter((field) => isText(record[field]));
  const byName = new Map(
    Object.entries(record)
      .filter(([, value]) => typeof value === "string" && value.trim() !== "")
      .map(([field]) => [field.toLowerCase(), field]),
  );
  const single = TEXT_FIELDS.find((field) => byName.has(field));
  if (single !== undefined) return [byName.get(single) as string];
  const pair = TEXT_PAIRS.find((fields) => fields.every((field) => byName.has(field)));
  return pair?.map((field) => byName.get(field) as string);
}

/** The record as lines of `field: value`, for one that has no field of text: a row of a price list stays findable. */
export function linesOfRecord(record: DataRecord, except: string | undefined): string {
  return Object.entries(record)
    .filter(([field, value]) => field !== except && isText(value))
    .map(([field, value]) => `${field}: ${String(value)}`)
    .join("\n");
}

function isText(value: unknown): boolean {
  return (typeof value === "string" && value.trim() !== "") || typeof value === "number" || typeof value === "boolean";
}
