/** A moment as entries show it, in UTC: `2026-01-03 14:05 UTC`. Undefined for a number that is no date. */
export function minuteOf(at: number): string | undefined {
  const iso = isoOf(at);
  return iso && `${iso.slice(0, -8).replace("T", " ")} UTC`;
}

/** `2026-01-03`, in UTC. */
export function dayOf(at: number): string | undefined {
  return isoOf(at)?.slice(0, -14);
}

function isoOf(at: number): string | undefined {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
