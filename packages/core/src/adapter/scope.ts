import type { Scope, UserRef } from "../user/index.ts";

/**
 * Whose memory is used: fixed, or found by the application for each call. Undefined leaves memory out of the call. A
 * model never has a say in it.
 */
export type ScopeOption<Call> = Scope | ((call: Call) => Scope | undefined);

/** The scope of one call. Throws what the application's function throws. */
export function scopeOf<Call>(option: ScopeOption<Call>, call: Call): Scope | undefined {
  return typeof option === "function" ? option(call) : option;
}

/** The id of a user reference. */
export function userIdOf(user: UserRef): string {
  return typeof user === "string" ? user : user.id;
}

/** A name for a scope, for maps: two scopes share it when they name the same user and session. */
export function scopeKey({ user, session }: Scope): string {
  return JSON.stringify([userIdOf(user), session ?? null]);
}
