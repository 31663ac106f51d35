import type { SearchableFilter } from "@sotto/core/storage";

/** Mean radius of the earth (IUGG), in metres. */
const EARTH_RADIUS_METERS = 6_371_008.8;

const comparisons = { $gt: ">", $gte: ">=", $lt: "<", $lte: "<=" } as const;

/** Values of a statement, as text; each has a number. */
export class Parameters {
  readonly values: string[] = [];

  /** Answers what stands for the value in the statement. */
  add(value: string | number, type: string): string {
    this.values.push(String(value));
    return `$${this.values.length}::text::${type}`;
  }

  json(value: unknown): string {
    return this.add(JSON.stringify(value), "jsonb");
  }
}

/**
 * A filter as a condition on `d.metadata`, true or false and never null. Strings compare by code point, where the engine
 * compares by UTF-16 unit: they differ beyond U+FFFF only.
 */
export function filterSql(filter: SearchableFilter, parameters: Parameters): string {
  switch (filter.kind) {
    case "and":
    case "or": {
      const children = filter.children.map((child) => filterSql(child, parameters));
      if (children.length === 0) return filter.kind === "and" ? "true" : "false";
      return `(${children.join(filter.kind === "and" ? " AND " : " OR ")})`;
    }
    case "not":
      return `(NOT ${filterSql(filter.child, parameters)})`;
    case "present":
      return `(d.metadata ? ${parameters.add(filter.field, "text")})`;
    case "in":
      return isOneOf(filter.field, filter.values, parameters);
    case "range":
      return isInRange(filter, parameters);
    case "near":
      return isNear(filter, parameters);
  }
}

function isOneOf(name: string, values: readonly unknown[], parameters: Parameters): string {
  const field = `d.metadata->${parameters.add(name, "text")}`;
  const strings = values.filter((value) => typeof value === "string");
  const others = values.filter((value) => typeof value !== "string");
  const tests: string[] = [];
  // ?| holds for a string that is one of them, and for a list that has one.
  if (strings.length > 0)
    tests.push(`${field} ?| ARRAY(SELECT jsonb_array_elements_text(${parameters.json(strings)}))`);
  if (others.length > 0) tests.push(`${field} = ANY (ARRAY(SELECT jsonb_array_elements(${parameters.json(others)})))`);
  return `coalesce(${tests.join(" OR ") || "false"}, false)`;
}

function isInRange(
  { field: name, operator, bound }: Extract<SearchableFilter, { kind: "range" }>,
  parameters: Parameters,
): string {
  const field = parameters.add(name, "text");
  const [type, value] =
    typeof bound === "number"
      ? ["number", `(d.metadata->>${field})::double precision`]
      : ["string", `(d.metadata->>${field}) COLLATE "C"`];
  const limit = parameters.add(bound, typeof bound === "number" ? "double precision" : "text");
  return `coalesce(CASE jsonb_typeof(d.metadata->${field}) WHEN '${type}' THEN ${value} ${comparisons[operator]} ${limit} END, false)`;
}

/** By the haversine formula: its `a` against that of the radius. */
function isNear(
  { field: name, point, radiusMeters }: Extract<SearchableFilter, { kind: "near" }>,
  parameters: Parameters,
): string {
  const field = `(d.metadata->${parameters.add(name, "text")})`;
  const [latitude, longitude] = point.map((value) => parameters.add(value, "double precision"));
  const half = Math.min(Math.PI / 2, radiusMeters / (2 * EARTH_RADIUS_METERS));
  const most = parameters.add(Math.sin(half) ** 2, "double precision");
  const [lat, lng] = [0, 1].map((place) => `(${field}->>${place})::double precision`);
  const a = `power(sin(radians(${lat} - ${latitude}) / 2), 2)
    + cos(radians(${lat})) * cos(radians(${latitude})) * power(sin(radians(${lng} - ${longitude}) / 2), 2)`;
  return `coalesce(CASE WHEN jsonb_typeof(${field}) = 'array' AND jsonb_typeof(${field}->0) = 'number' THEN ${a} <= ${most} END, false)`;
}
