import type { MetadataScalar, MetadataValue } from "./document.ts";

const fieldName = /^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$/u;

/** What a place has to be, for errors. */
export const PLACE_RANGES = "[latitude in -90 to 90, longitude in -180 to 180]";

export function isFieldName(name: string): boolean {
  return fieldName.test(name);
}

/** `[latitude, longitude]` in degrees, in range. */
export function isPlace(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && isWithin(value[0], 90) && isWithin(value[1], 180);
}

export function isMetadataScalar(value: unknown): value is MetadataScalar {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "string" || typeof value === "boolean" || isPlace(value);
}

/** A list of strings, the empty one too. */
export function isStringList(value: unknown): value is readonly string[] {
  if (!Array.isArray(value)) return false;
  // Not `every`, which passes over holes.
  for (const item of value as unknown[]) if (typeof item !== "string") return false;
  return true;
}

export function isMetadataValue(value: unknown): value is MetadataValue {
  return isMetadataScalar(value) || isStringList(value);
}

/** An object literal or what JSON.parse gives; no array, no instance of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A value in a few words, for errors: `null`, `NaN`, `an array of 3`, `a string`. Never its text. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean")
    return String(value);
  if (Array.isArray(value)) {
    const isPair = value.length === 2 && value.every((item) => typeof item === "number");
    return isPair ? `[latitude ${value[0]}, longitude ${value[1]}]` : `an array of ${value.length}`;
  }
  if (typeof value === "object")
    return isPlainObject(value) ? "an object" : `an instance of ${value.constructor?.name ?? "a class"}`;
  return `a ${typeof value}`;
}

function isWithin(value: unknown, limit: number): boolean {
  return typeof value === "number" && value >= -limit && value <= limit;
}
