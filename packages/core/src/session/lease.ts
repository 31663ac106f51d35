import type { IndexChange } from "../engine/index.ts";
import { eventChange, type SessionState } from "./session-state.ts";

/**
 * A session counts as live for so long after its last turn: until then nobody else takes it for one that was left by a
 * crash. Milliseconds.
 */
export const LEASE_MS = 120_000;

/** Renews the lease of the holder that writes, once less than half of it is left. */
export function leaseChanges(state: SessionState, holder: string, now: number): IndexChange[] {
  const { lease } = state;
  if (lease?.holder === holder && lease.until - now > LEASE_MS / 2 && isHeldUntil(lease.until, now, LEASE_MS))
    return [];
  return [eventChange({ type: "lease", holder, until: now + LEASE_MS })];
}

/**
 * Whether some process still writes to the session, as far as its log says. A lease that ends later than any can was given by
 * a clock that was wrong.
 */
export function isLive(state: SessionState, now: number): boolean {
  return !state.ended && state.lease !== undefined && isHeldUntil(state.lease.until, now, LEASE_MS);
}

/** Whether something that is given for `ms` at a time is held still: `until` is ahead, but not by more than that. */
export function isHeldUntil(until: number, now: number, ms: number): boolean {
  return until > now && until <= now + 2 * ms;
}
