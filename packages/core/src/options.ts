import { InvalidArgumentError } from "./errors/index.ts";

/** Throws `argument.invalid` for a value that an option cannot have; `name` is what errors call it. */
export type Check = (value: unknown, name: string) => void;

/** What each option of a call may be. */
export type OptionShape<Options> = { readonly [Name in keyof Required<Options>]: Check };

/**
 * Checks the options of a public call: an object without keys that the call does not know, each value as its check wants
 * it. Undefined is as good as absent. Throws `argument.invalid` with the option's name, its value and what it may be.
 */
export function checkOptions<Options extends object>(
  call: string,
  options: Options | undefined,
  shape: OptionShape<Options>,
): void {
  if (options === undefined) return;
  checkFields(options, shape, { call, prefix: "", itself: `the options of ${call}` });
}

function checkFields(
  value: unknown,
  shape: Readonly<Record<string, Check>>,
  { call, prefix, itself }: { call: string; prefix: string; itself: string },
): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidArgumentError(itself, `they are ${shown(value)}; they must be an object`);
  }
  for (const [key, field] of Object.entries(value)) {
    if (!Object.hasOwn(shape, key)) {
      const known = Object.keys(shape).join(", ");
      throw new InvalidArgumentError(`${prefix}${key}`, `${call} has no such option; it has ${known}`);
    }
    if (field !== undefined) shape[key]?.(field, `${prefix}${key}`);
  }
}

/** An object of options within options. */
export function group<Options>(shape: OptionShape<Options>): Check {
  return (value, name) => checkFields(value, shape, { call: name, prefix: `${name}.`, itself: name });
}

/** A number in [`least`, `most`]. */
export function number(least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): Check {
  return (value, name) => {
    if (typeof value === "number" && value >= least && value <= most) return;
    wrong(name, value, `a number${range(least, most)}`);
  };
}

/** A number above 0 that is not infinite: a time in milliseconds. */
export const duration: Check = (value, name) => {
  if (typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY) return;
  wrong(name, value, "a number of milliseconds above 0");
};

/** A whole number from `least` to `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  return (value, name) => {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) return;
    wrong(name, value, `a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`}`);
  };
}

export const flag: Check = (value, name) => {
  if (typeof value !== "boolean") wrong(name, value, "true or false");
};

/** A string that is not blank. */
export const text: Check = (value, name) => {
  if (typeof value !== "string" || value.trim() === "") wrong(name, value, "a string that is not blank");
};

export const callable: Check = (value, name) => {
  if (typeof value !== "function") wrong(name, value, "a function");
};

export const signal: Check = (value, name) => {
  if (typeof (value as { addEventListener?: unknown } | null)?.addEventListener !== "function")
    wrong(name, value, "an AbortSignal");
};

/** One of these strings. */
export function oneOf(...allowed: readonly string[]): Check {
  return (value, name) => {
    if (!allowed.includes(value as string))
      wrong(name, value, `one of ${allowed.map((each) => `"${each}"`).join(", ")}`);
  };
}

/** An array of what `check` allows. */
export function listOf(check: Check): Check {
  return (value, name) => {
    if (!Array.isArray(value)) wrong(name, value, "an array");
    for (const [i, each] of (value as unknown[]).entries()) check(each, `${name}[${i}]`);
  };
}

/** An object with these methods; `what` is what errors call it. */
export function having(what: string, ...methods: readonly string[]): Check {
  return (value, name) => {
    const object = value as Record<string, unknown> | null;
    if (typeof object !== "object" || object === null) wrong(name, value, what);
    for (const method of methods) {
      if (typeof (object as Record<string, unknown>)[method] !== "function")
        throw new InvalidArgumentError(name, `it has no ${method}(); it must be ${what}`);
    }
  };
}

/** Checked elsewhere, with an error of its own. */
export const elsewhere: Check = () => undefined;

function range(least: number, most: number): string {
  if (least === Number.NEGATIVE_INFINITY) return most === Number.POSITIVE_INFINITY ? "" : ` up to ${most}`;
  return most === Number.POSITIVE_INFINITY ? ` from ${least}` : ` from ${least} to ${most}`;
}

function wrong(name: string, value: unknown, wanted: string): never {
  throw new InvalidArgumentError(name, `it is ${shown(value)}; it must be ${wanted}`);
}

/** A value in an error: what it is, and itself where it is short. Options hold no text of users. */
function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
