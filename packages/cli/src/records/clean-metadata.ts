import type { Metadata, MetadataValue } from "@sotto/core";
import { defaultLimits } from "@sotto/core";

/** Set by the loaders on every document; a field of the same name in the data is kept with `_` behind its name. */
const RESERVED = new Set(["source", "type", "contentHash", "parts"]);
/** Room for the loaders' own fields and for those of `--metadata`. */
const MOST_FIELDS = defaultLimits.metadataFields - 16;

/**
 * What of a record's fields can be metadata: strings up to the limit, finite numbers, booleans, `[lat, lng]`, dates as
 * ISO 8601. Characters that a field name cannot have become `_`. The rest (nested objects, nulls, long texts) is left out.
 */
export function cleanMetadata(fields: Readonly<Record<string, unknown>>): Metadata {
  const clean: Record<string, MetadataValue> = {};
  for (const [field, value] of Object.entries(fields)) {
    const name = fieldName(field);
    const usable = metadataValue(value);
    if (usable === undefined || Object.hasOwn(clean, name)) continue;
    if (Object.keys(clean).length === MOST_FIELDS) break;
    clean[name] = usable;
  }
  return clean;
}

function fieldName(field: string): string {
  const name = field.trim().replace(/[^A-Za-z0-9_.-]/g, "_");
  const safe = /^[A-Za-z_]/.test(name) && name !== "__proto__" ? name : `_${name}`;
  return RESERVED.has(safe) ? `${safe}_` : safe;
}

function metadataValue(value: unknown): MetadataValue | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string") return value.length <= defaultLimits.metadataValueChars ? value : undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  return isPlace(value) ? value : undefined;
}

function isPlace(value: unknown): value is readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [latitude, longitude] = value as unknown[];
  return (
    typeof latitude === "number" &&
    typeof longitude === "number" &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180
  );
}
