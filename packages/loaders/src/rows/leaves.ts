export type Scalar = string | number | boolean;

/** A value of a record, under its dotted name: `name.common`. */
export interface Leaf {
  name: string;
  values: Scalar[];
  /** Whether it stands in an array, so that there may be several. */
  list: boolean;
}

/** Longer lists of numbers are vectors: no text, and of no use to a filter. */
const LONGEST_NUMBERS = 32;
/** Deeper values are kept as JSON. */
const DEEPEST = 32;

export interface Leaves {
  leaves: Leaf[];
  /** Names of the lists of numbers that were passed over, with how long they are. */
  vectors: { name: string; length: number }[];
}

/** The scalars of a value by dotted name, in order; those of arrays together. Nulls are passed over. */
export function leavesOf(value: unknown, prefix = ""): Leaves {
  const found = new Map<string, Leaf>();
  const vectors: Leaves["vectors"] = [];
  const add = (name: string, scalar: Scalar, list: boolean) => {
    const leaf = found.get(name);
    if (leaf === undefined) found.set(name, { name, values: [scalar], list });
    else {
      leaf.values.push(scalar);
      leaf.list = true;
    }
  };
  const visit = (each: unknown, name: string, list: boolean, depth: number): void => {
    const scalar = asScalar(each);
    if (scalar !== undefined) add(name, scalar, list);
    else if (typeof each !== "object" || each === null) return;
    else if (depth > DEEPEST) add(name, shallowJson(each), list);
    else if (Array.isArray(each)) {
      if (isVector(each)) vectors.push({ name, length: each.length });
      else for (const item of each) visit(item, name, true, depth + 1);
    } else for (const [key, item] of fieldsOf(each)) visit(item, name === "" ? key : `${name}.${key}`, list, depth + 1);
  };
  visit(value, prefix, false, 0);
  return { leaves: [...found.values()], vectors };
}

/** Without the `type` of a part that is text: it says nothing of its own. */
function fieldsOf(value: object): [string, unknown][] {
  const { type, text } = value as { type?: unknown; text?: unknown };
  const isPart = typeof text === "string" && typeof type === "string" && TEXT_PARTS.has(type);
  return Object.entries(value).filter(([name]) => !(isPart && name === "type"));
}

/** What chat models call a part of a message that is text. */
export const TEXT_PARTS: ReadonlySet<string> = new Set(["text", "input_text", "output_text"]);

/** Text, a finite number, a boolean, or a date as ISO 8601; undefined for all else. */
export function asScalar(value: unknown): Scalar | undefined {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  return undefined;
}

export function isVector(value: readonly unknown[]): boolean {
  return value.length > LONGEST_NUMBERS && value.every((item) => typeof item === "number");
}

/** JSON.stringify overflows the stack where parsing does not. */
function shallowJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}
