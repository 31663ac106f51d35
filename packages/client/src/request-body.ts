import { InvalidArgumentError } from "@sotto/core";

/** The arguments by name, as JSON: vectors as lists of numbers, without signals and callbacks, which stay on this side. */
export function requestBody(params: readonly string[], args: readonly unknown[]): string {
  try {
    return JSON.stringify(Object.fromEntries(params.map((name, place) => [name, args[place]])), replacer);
  } catch {
    throw new InvalidArgumentError("an argument", "it cannot be written as JSON");
  }
}

function replacer(_key: string, value: unknown): unknown {
  if (value instanceof Float32Array) return Array.from(value);
  return value instanceof AbortSignal ? undefined : value;
}
