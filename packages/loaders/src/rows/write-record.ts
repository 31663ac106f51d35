import { asScalar, isVector, type Scalar, TEXT_PARTS } from "./leaves.ts";

/** Items that are longer stand on lines of their own. */
const SHORT_ITEM = 60;
/** A flat object with less text is written in one line. */
const SHORT_OBJECT = 200;
const DEEPEST = 32;

/** A record's field, or everything in it, as lines of `field: value` with dotted names. */
export function linesOf(name: string, value: unknown, shown?: string, depth = 0): string[] {
  if (shown !== undefined) return lineOf(name, shown);
  const scalar = asScalar(value);
  if (scalar !== undefined) return lineOf(name, String(scalar));
  if (typeof value !== "object" || value === null) return [];
  if (depth > DEEPEST) return lineOf(name, JSON.stringify(value));
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, item]) =>
      linesOf(name === "" ? key : `${name}.${key}`, item, undefined, depth + 1),
    );
  }
  if (isVector(value)) return [];
  const scalars = scalarsOf(value);
  if (scalars !== undefined) return listLines(name, scalars.map(String));
  return value.flatMap((item: unknown) => {
    const short = shortObject(item);
    return short === undefined ? linesOf(name, item, undefined, depth + 1) : lineOf(name, short);
  });
}

/** The text of a field that is a text: a string, a list of paragraphs, or parts with a `text` each. */
export function proseOf(value: unknown): string {
  const scalar = asScalar(value);
  if (scalar !== undefined) return String(scalar);
  if (!Array.isArray(value)) return linesOf("", value).join("\n");
  const scalars = scalarsOf(value);
  if (scalars !== undefined) return scalars.map(String).join("\n\n");
  return value
    .map((item: unknown) => partText(item) ?? proseOf(item))
    .filter((text) => text.trim() !== "")
    .join("\n\n");
}

/** `{ type: "text", text }`, as chat messages have them; undefined for anything with more in it. */
function partText(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const { type, text, ...more } = item as Record<string, unknown>;
  if (typeof text !== "string" || Object.keys(more).length > 0) return undefined;
  return type === undefined || (typeof type === "string" && TEXT_PARTS.has(type)) ? text : undefined;
}

function listLines(name: string, items: readonly string[]): string[] {
  const kept = items.filter((item) => item.trim() !== "");
  if (kept.length === 0) return [];
  if (kept.every((item) => item.length <= SHORT_ITEM && !item.includes("\n"))) return lineOf(name, kept.join(", "));
  return name === "" ? kept : [`${name}:`, ...kept];
}

function shortObject(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
  const fields = Object.entries(item).filter(([, value]) => value !== null && value !== "");
  const texts = fields.map(([key, value]) => {
    const scalar = asScalar(value);
    return scalar === undefined ? undefined : `${key} ${scalar}`;
  });
  if (fields.length === 0 || texts.includes(undefined)) return undefined;
  const line = texts.join(", ");
  return line.length <= SHORT_OBJECT && !line.includes("\n") ? line : undefined;
}

function scalarsOf(value: readonly unknown[]): Scalar[] | undefined {
  const scalars: Scalar[] = [];
  for (const item of value) {
    const scalar = asScalar(item);
    if (scalar !== undefined) scalars.push(scalar);
    else if (item !== null && item !== undefined) return undefined;
  }
  return scalars;
}

function lineOf(name: string, text: string): string[] {
  if (text.trim() === "") return [];
  return [name === "" ? text : `${name}: ${text}`];
}
