import type { Metadata, MetadataValue } from "@sotto/core";
import { defaultLimits } from "@sotto/core";
import { leavesOf, type Scalar } from "../rows/leaves.ts";

/** Set by the loaders on every document; a field of the same name in the data is kept with `_` behind its name. */
export const OWN_FIELDS: ReadonlySet<string> = new Set(["source", "type", "contentHash", "parts"]);
/** Room for the loaders' own fields and for those of `--metadata`. */
const MOST_FIELDS = defaultLimits.metadataFields - 16;

export interface CleanMetadata {
  metadata: Metadata;
  /** What found no room: too long, too many. By dotted name. */
  dropped: { name: string; text: string }[];
}

/**
 * A record's fields as metadata: strings, finite numbers, booleans, `[lat, lng]`, dates as ISO 8601, lists of strings;
 * nested objects by dotted names. Letters of every script are kept; what else a field name cannot have becomes `_`. Two
 * fields that come to the same name are both kept, the second as `name_2`.
 */
export function cleanMetadata(fields: Readonly<Record<string, unknown>>): CleanMetadata {
  const clean = new Map<string, MetadataValue>();
  const dropped: CleanMetadata["dropped"] = [];
  const set = (name: string, value: MetadataValue | undefined, texts: readonly Scalar[]) => {
    if (value === undefined || clean.size === MOST_FIELDS) dropped.push({ name, text: texts.join(", ") });
    else clean.set(freeName(fieldName(name), clean), value);
  };
  for (const [field, value] of Object.entries(fields)) {
    const place = asPlace(value);
    if (place !== undefined) set(field, place, place);
    else
      for (const { name, values, list } of leavesOf(value, field).leaves)
        set(name, metadataValue(values, list), values);
  }
  return { metadata: Object.fromEntries(clean), dropped };
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name}_${n}`)) n++;
  return `${name}_${n}`;
}

function fieldName(field: string): string {
  const name = field
    .normalize("NFC")
    .trim()
    .replace(/[^\p{L}\p{M}\p{N}_.-]/gu, "_");
  const safe = /^[\p{L}_]/u.test(name) && name !== "__proto__" ? name : `_${name}`;
  return OWN_FIELDS.has(safe) ? `${safe}_` : safe;
}

function metadataValue(values: readonly Scalar[], list: boolean): MetadataValue | undefined {
  const { metadataValueChars, metadataListItems } = defaultLimits;
  const [only] = values;
  if (!list) {
    if (typeof only === "string" && only.length > metadataValueChars) return undefined;
    return only;
  }
  const strings = [...new Set(values.map(String))];
  if (strings.length > metadataListItems || strings.some((text) => text.length > metadataValueChars)) return undefined;
  return strings;
}

function asPlace(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [latitude, longitude] = value as unknown[];
  if (typeof latitude !== "number" || typeof longitude !== "number") return undefined;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : undefined;
}
