import type { NumberRole } from "./number-role.ts";

/** A chunk that has a role in numbers, and where it stands. */
export interface NumberPiece {
  readonly role: NumberRole;
  readonly start: number;
  readonly end: number;
}

/** Fewer digits than this in all are no number in groups: `3 4`. */
const FEWEST_DIGITS = 4;
/** From so many digits on it may be a telephone number, which is found by its last digits whatever stands before them. */
const PHONE_DIGITS = 9;
const PHONE_ENDS = [8, 7];
/** What can stand between the groups of a number. */
const gap = /^[\s\u00a0\u202f().,\-–/]{1,3}$/;
const HALF_DAY_HOURS = 12;

/**
 * The numbers that a text holds in several chunks, as one term each: `12 500` is `12500`; `D P four four seven one` is
 * `dp4471`; a telephone number is found by its last digits in any grouping; `8 May 2023` and `May 8` are the dates
 * `2023.05.08` and `--05.08`; `3 pm` is `15.00`.
 */
export function joinedNumbers(text: string, pieces: readonly NumberPiece[]): string[] {
  const found: string[] = [];
  for (let at = 0; at < pieces.length; ) {
    let end = at + 1;
    while (end < pieces.length && touches(text, pieces[end - 1] as NumberPiece, pieces[end] as NumberPiece)) end++;
    if (end - at > 1)
      fromRun(
        pieces.slice(at, end).map(({ role }) => role),
        found,
      );
    else fromOne((pieces[at] as NumberPiece).role, found);
    at = end;
  }
  return found;
}

function touches(text: string, one: NumberPiece, next: NumberPiece): boolean {
  return next.start - one.end <= 3 && gap.test(text.slice(one.end, next.start));
}

function fromRun(roles: readonly NumberRole[], found: string[]): void {
  for (let at = 0; at < roles.length; ) {
    if (roles[at]?.code === undefined) {
      fromOne(roles[at] as NumberRole, found);
      at++;
      continue;
    }
    let end = at;
    while (roles[end]?.code !== undefined) end++;
    if (end - at > 1) fromCodes(roles.slice(at, end), found);
    else fromOne(roles[at] as NumberRole, found);
    at = end;
  }
  dates(roles, found);
  times(roles, found);
}

function fromOne(role: NumberRole, found: string[]): void {
  const { clock } = role;
  if (role.isGrouped) fromCodes([role], found);
  if (clock !== undefined) found.push(timeTerm(clock[0], clock[1]));
}

/** `D P 4 4 7 1`: the whole, and its digits alone where letters stand before them. */
function fromCodes(roles: readonly NumberRole[], found: string[]): void {
  const whole = roles.map(({ code }) => code).join("");
  const digits = whole.replace(/^\D+/, "");
  if (digits.replace(/\D/g, "").length < FEWEST_DIGITS) return;
  found.push(whole);
  if (digits !== whole) found.push(digits);
  if (/^\d+$/.test(digits) && digits.length >= PHONE_DIGITS)
    for (const end of PHONE_ENDS) found.push(digits.slice(-end));
}

function dates(roles: readonly NumberRole[], found: string[]): void {
  for (const [at, { month }] of roles.entries()) {
    if (month === 0) continue;
    const before = numberIn(roles[at - 1]);
    const after = numberIn(roles[at + 1]);
    const day = isDay(before) ? before : isDay(after) ? after : undefined;
    const year = [after, numberIn(roles[at + 2])].find((each) => each !== undefined && each >= 1_000);
    if (day === undefined) continue;
    found.push(dayTerm(month, day));
    if (year !== undefined) found.push(`${year}.${two(month)}.${two(day)}`);
  }
}

function times(roles: readonly NumberRole[], found: string[]): void {
  for (const [at, { halfDay }] of roles.entries()) {
    if (halfDay === undefined) continue;
    const [hours, minutes] = roles[at - 1]?.clock ?? [numberIn(roles[at - 1]), 0];
    if (hours === undefined || hours < 1 || hours > HALF_DAY_HOURS) continue;
    found.push(timeTerm((hours % HALF_DAY_HOURS) + halfDay, minutes));
  }
}

function numberIn(role: NumberRole | undefined): number | undefined {
  return role?.code === undefined || !role.isDigits ? undefined : Number(role.code);
}

function isDay(value: number | undefined): value is number {
  return value !== undefined && value >= 1 && value <= 31;
}

/** A day of a month without its year. */
export function dayTerm(month: number, day: number): string {
  return `--${two(month)}.${two(day)}`;
}

function timeTerm(hours: number, minutes: number): string {
  return `${two(hours)}.${two(minutes)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
