import { validateName } from "../engine/index.ts";
import { InvalidArgumentError } from "../errors/index.ts";
import type { Limits } from "../limits.ts";
import type { UserRef } from "./scope.ts";

/** The id of a user reference; throws `argument.invalid` or `limit.exceeded` for one that cannot be. */
export function userIdOf(user: UserRef, limits: Pick<Limits, "nameChars">): string {
  if (typeof user !== "string" && (typeof user !== "object" || user === null)) {
    throw new InvalidArgumentError("user", "it must be a user id or an object { id, name? }");
  }
  const id = typeof user === "string" ? user : user.id;
  validateName("user id", id, limits);
  return id;
}

/** The name that a user reference gives, if any. */
export function userNameOf(user: UserRef): string | undefined {
  const name = typeof user === "string" ? undefined : user.name?.trim();
  return name === "" ? undefined : name;
}

const zones = new Map<string, boolean>();

/** Whether there is a time zone of this name. */
export function isTimeZone(name: unknown): name is string {
  if (typeof name !== "string") return false;
  let known = zones.get(name);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat("en", { timeZone: name });
      known = true;
    } catch {
      known = false;
    }
    if (zones.size < 1_000) zones.set(name, known);
  }
  return known;
}
