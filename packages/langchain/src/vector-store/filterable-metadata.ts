import type { Metadata, MetadataValue } from "@sotto/core";

const FIELD_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$/u;
/** Longer strings are kept with the document, but nothing filters by them. */
const LONGEST_STRING = 4_096;
/** The same for lists. */
const LONGEST_LIST = 1_000;

/**
 * The part of LangChain metadata that filters can use: strings, finite numbers, booleans, `[latitude, longitude]` and
 * lists of strings. Nested objects become fields with dotted names: `{ loc: { page: 2 } }` is `{ "loc.page": 2 }`.
 * `fields` names the only ones to take (as dotted names); default: all that are possible.
 */
export function filterableMetadata(metadata: Record<string, unknown>, fields?: readonly string[]): Metadata {
  const found: Record<string, MetadataValue> = {};
  collect(metadata, "", found);
  if (fields === undefined) return found;
  return Object.fromEntries(Object.entries(found).filter(([field]) => fields.includes(field)));
}

function collect(value: unknown, name: string, found: Record<string, MetadataValue>): void {
  if (isFilterable(value)) {
    if (FIELD_NAME.test(name)) found[name] = value;
  } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) collect(inner, name === "" ? key : `${name}.${key}`, found);
  }
}

function isFilterable(value: unknown): value is MetadataValue {
  if (typeof value === "string") return value.length <= LONGEST_STRING;
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "boolean" || isPlace(value) || isStringList(value);
}

function isStringList(value: unknown): value is readonly string[] {
  if (!Array.isArray(value) || value.length > LONGEST_LIST) return false;
  return Array.from(value as unknown[]).every((item) => typeof item === "string" && item.length <= LONGEST_STRING);
}

function isPlace(value: unknown): value is readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [latitude, longitude] = value as unknown[];
  return isWithin(latitude, 90) && isWithin(longitude, 180);
}

function isWithin(value: unknown, limit: number): boolean {
  return typeof value === "number" && value >= -limit && value <= limit;
}
