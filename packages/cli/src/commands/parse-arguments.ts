import type { Filter, Metadata, MetadataValue } from "@sotto/core";
import { InvalidArgumentError } from "commander";

/** A whole number from `least` (to `most`). */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `It must be a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`}.`,
    );
  };
}

/** A number from 0 to 1. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("It must be a number from 0 to 1.");
}

/** A JSON object; what is in it is checked by the query. */
export function filterJson(text: string): Filter {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidArgumentError(`It is not JSON: ${(cause as Error).message}.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Filter;
  throw new InvalidArgumentError(`It must be a JSON object, for example '{"type":"pdf"}'.`);
}

/** One more of a repeatable option. */
export function collect(text: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), text];
}

/** `key=value`, repeatable. Numbers, true and false are taken as such; in double quotes they stay text. */
export function keyValue(text: string, previous: Metadata | undefined): Metadata {
  const at = text.indexOf("=");
  const field = text.slice(0, at);
  if (at < 1 || !/^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$/u.test(field)) {
    throw new InvalidArgumentError(
      "It must be field=value; a field is letters, digits, _ . and -, not beginning with a digit.",
    );
  }
  return { ...previous, [field]: typedValue(text.slice(at + 1)) };
}

function typedValue(text: string): MetadataValue {
  if (/^".*"$/.test(text)) return text.slice(1, -1);
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}
