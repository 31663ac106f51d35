import { overLimit } from "../../load-error.ts";
import type { Source } from "../../source.ts";

/** Throws `loader.limit` for an object in a list that has more fields than a record may have, or for too deep a value. */
export function checkFields(value: unknown, source: Source): void {
  const { columns, nesting } = source.limits;
  let level: { value: object; inList: boolean }[] = [];
  if (typeof value === "object" && value !== null) level.push({ value, inList: false });
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > nesting) throw overLimit("nesting", nesting, depth, "depth of the values");
    const next: typeof level = [];
    for (const each of level) {
      const isList = Array.isArray(each.value);
      const items = Object.values(each.value) as unknown[];
      if (!isList && each.inList && items.length > columns)
        throw overLimit("columns", columns, items.length, "fields of a row");
      for (const item of items)
        if (typeof item === "object" && item !== null) next.push({ value: item, inList: isList });
    }
    level = next;
  }
}
