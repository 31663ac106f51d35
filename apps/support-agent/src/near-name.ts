import { closest, distance } from "fastest-levenshtein";

/** The name that was probably meant: at most two letters differ, or two in five of a long one. */
export function nearName(name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const near = closest(name, names);
  return distance(name, near) <= Math.max(2, Math.floor(name.length * 0.4)) ? near : undefined;
}
