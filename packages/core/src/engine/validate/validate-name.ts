import { InvalidArgumentError, LimitExceededError } from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import { describeValue } from "../documents/index.ts";
import { unstorable } from "./unstorable.ts";

/**
 * Checks the name of an index, a user or a session: a string that is not blank, without control characters, of at most
 * `limits.nameChars` characters. `kind` is what errors call it: `index name`.
 */
export function validateName(kind: string, name: unknown, limits: Pick<Limits, "nameChars">): asserts name is string {
  if (typeof name !== "string") throw new InvalidArgumentError(kind, `it must be a string, not ${describeValue(name)}`);
  if (name.trim() === "") throw new InvalidArgumentError(kind, "it is empty");
  if (name.length > limits.nameChars)
    throw new LimitExceededError("nameChars", limits.nameChars, name.length, `Characters of the ${kind}`);
  if (unstorable.test(name))
    throw new InvalidArgumentError(kind, "it holds a control character or half a surrogate pair");
}
