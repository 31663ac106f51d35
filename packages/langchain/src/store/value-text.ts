/** Steps of a path: `chapters[*].content` is `chapters`, `*`, `content`. */
type Step = string | number;

/**
 * What a search by meaning reads of a value: each text, number and boolean at `fields`, on lines of their own. A path is
 * names with dots; `[0]`, `[-1]` and `[*]` go into lists, `*` into anything, `$` is all of the value.
 */
export function valueText(value: Record<string, unknown>, fields: readonly string[]): string {
  return fields.flatMap((field) => leaves(at(value, stepsOf(field)))).join("\n");
}

function stepsOf(path: string): Step[] {
  if (path === "" || path === "$") return [];
  const steps = path.replace(/^\$\./, "").match(/\[-?\d+\]|\[\*\]|[^.[\]]+/g) ?? [];
  return steps.map((step) => (/^\[-?\d+\]$/.test(step) ? Number(step.slice(1, -1)) : step === "[*]" ? "*" : step));
}

function at(value: unknown, steps: readonly Step[]): unknown[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  if (typeof value !== "object" || value === null) return [];
  if (step === "*") return Object.values(value).flatMap((inner) => at(inner, rest));
  if (typeof step === "number") return Array.isArray(value) ? at(value.at(step), rest) : [];
  return Object.hasOwn(value, step) ? at((value as Record<string, unknown>)[step], rest) : [];
}

function leaves(values: readonly unknown[]): string[] {
  return values.flatMap((value) => {
    if (typeof value === "string") return value.trim() === "" ? [] : [value];
    if (typeof value === "number" || typeof value === "boolean") return [String(value)];
    return typeof value === "object" && value !== null ? leaves(Object.values(value)) : [];
  });
}
