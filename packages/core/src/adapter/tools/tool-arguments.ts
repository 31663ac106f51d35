import { InvalidArgumentError, LimitExceededError } from "../../errors/index.ts";

/** The arguments that a model chose: an object, or its JSON. Fields that are not in the schema have no effect. */
export function argumentsOf(args: unknown): Readonly<Record<string, unknown>> {
  const given: unknown = typeof args === "string" ? parsed(args) : args;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new InvalidArgumentError("arguments", "they must be an object");
  return given as Record<string, unknown>;
}

/** A text of at least one visible character and at most `most`. */
export function textArgument(args: Readonly<Record<string, unknown>>, name: string, most: number): string {
  const value = args[name];
  if (typeof value !== "string" || value.trim() === "")
    throw new InvalidArgumentError(name, "it must be a text of at least one word");
  if (value.length > most) throw new LimitExceededError(`${name}Chars`, most, value.length, `Characters of ${name}`);
  return value.trim();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError("arguments", "they are not JSON");
  }
}
