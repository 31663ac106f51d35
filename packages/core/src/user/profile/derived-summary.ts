import type { JsonValue } from "../../engine/index.ts";
import type { ProfileData } from "../memory-types.ts";

/**
 * A profile's data as lines of `key: value`, in the order of its keys; keys of nested objects are joined by dots, values
 * of lists by commas. It is the summary of a profile that has none of its own.
 *
 * @example
 * derivedSummary({ name: "Ann", address: { city: "Oslo" }, likes: ["tea", "rain"] });
 * // "name: Ann\naddress.city: Oslo\nlikes: tea, rain"
 */
export function derivedSummary(data: ProfileData): string {
  const lines: string[] = [];
  collect(data, "", lines);
  return lines.join("\n");
}

function collect(value: JsonValue, path: string, lines: string[]): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, part] of Object.entries(value)) collect(part, path === "" ? key : `${path}.${key}`, lines);
  } else {
    lines.push(`${path}: ${shown(value)}`);
  }
}

function shown(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  return typeof value === "string" ? value.replace(/\s+/g, " ").trim() : JSON.stringify(value);
}
