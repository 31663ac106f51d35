import type { JsonValue } from "../../engine/index.ts";

type JsonObject = { readonly [key: string]: JsonValue };

/** `target` changed by `patch`, as RFC 7396 (JSON Merge Patch) says: objects merge key by key, null deletes, all else replaces. */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const merged = new Map<string, JsonValue>(Object.entries(isObject(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else if (value !== undefined) merged.set(key, mergePatch(merged.get(key), value));
  }
  // Not an assignment: a key `__proto__` would set the prototype.
  return Object.fromEntries(merged);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
