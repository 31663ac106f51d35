import { isPlainObject } from "../../engine/index.ts";
import { InvalidArgumentError, LimitExceededError } from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import type { ProfilePatch } from "../memory-types.ts";

/** A copy of the patch as JSON holds it; throws `argument.invalid` or `limit.exceeded` (`payloadBytes`). */
export function validateProfilePatch(patch: ProfilePatch, limits: Pick<Limits, "payloadBytes">): ProfilePatch {
  if (!isPlainObject(patch))
    throw new InvalidArgumentError("patch", "it must be an object { data?, summary?, provenance? }");
  const { data, summary, provenance } = patch as ProfilePatch;
  if (data === undefined && summary === undefined)
    throw new InvalidArgumentError("patch", "it has neither data nor summary");
  if (data !== undefined && !isPlainObject(data))
    throw new InvalidArgumentError("patch.data", "it must be an object of JSON values");
  if (summary !== undefined && summary !== null && typeof summary !== "string") {
    throw new InvalidArgumentError("patch.summary", "it must be a string, or null for the one made from data");
  }
  const json = toJson({
    ...(data === undefined ? {} : { data }),
    ...(summary === undefined ? {} : { summary }),
    ...(provenance === undefined ? {} : { provenance }),
  });
  const bytes = new TextEncoder().encode(json).length;
  if (bytes > limits.payloadBytes)
    throw new LimitExceededError("payloadBytes", limits.payloadBytes, bytes, "Bytes of a profile patch");
  return JSON.parse(json) as ProfilePatch;
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new InvalidArgumentError("patch", "it holds something that JSON cannot hold");
  }
}
