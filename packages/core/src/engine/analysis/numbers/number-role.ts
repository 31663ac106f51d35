import { monthNames, spokenDigits } from "../languages/digits.ts";

/** What a chunk can be within a number, date or time that takes several chunks. */
export interface NumberRole {
  /** Digits, a letter that is said by itself, or a digit as it is said: `4471`, `d`, `4` for `four`. */
  readonly code: string | undefined;
  /** Whether the code is written in digits or said as one. */
  readonly isDigits: boolean;
  /** False for a letter: without anything else it is no part of a number. */
  readonly isNumber: boolean;
  /** Whether it is digits in groups already: `5550-1234`. */
  readonly isGrouped: boolean;
  /** 1 to 12 for the name of a month, else 0. */
  readonly month: number;
  /** Of `pm` and `am`: hours to add; else undefined. */
  readonly halfDay: 0 | 12 | undefined;
  /** `3:30`, `15:00`, as hours and minutes. */
  readonly clock: readonly [hours: number, minutes: number] | undefined;
}

const digitOf = new Map(spokenDigits.flatMap((names, digit) => names.map((name) => [name, String(digit)] as const)));
const monthOf = new Map(monthNames.flatMap((names, month) => names.map((name) => [name, month + 1] as const)));
const digits = /^\p{Nd}+$/u;
const groups = /^[0-9]{2,}(?:[-/][0-9]{2,})+$/;
const isoDate = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const ordinal = /^([0-9]{1,2})(?:st|nd|rd|th|er|º|ª)$/;
const clockTime = /^([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])$/;
const letter = /^[a-z]$/;
const halfDays = new Map<string, 0 | 12>([
  ["am", 0],
  ["pm", 12],
  ["a.m", 0],
  ["p.m", 12],
]);

/** Undefined for the most chunks, which take no part in any number. */
export function numberRoleOf(lower: string): NumberRole | undefined {
  const nothing = {
    code: undefined,
    isDigits: false,
    isGrouped: false,
    isNumber: true,
    month: 0,
    halfDay: undefined,
    clock: undefined,
  };
  if (digits.test(lower)) return { ...nothing, code: lower, isDigits: true };
  if (groups.test(lower) && !isoDate.test(lower))
    return { ...nothing, code: lower.replace(/[-/]/g, ""), isDigits: true, isGrouped: true };
  const said = digitOf.get(lower);
  const month = monthOf.get(lower) ?? 0;
  if (said !== undefined) return { ...nothing, code: said, isDigits: true };
  if (month > 0) return { ...nothing, month };
  if (letter.test(lower)) return { ...nothing, code: lower, isNumber: false };
  const halfDay = halfDays.get(lower);
  if (halfDay !== undefined) return { ...nothing, halfDay };
  const day = ordinal.exec(lower)?.[1];
  if (day !== undefined) return { ...nothing, code: day, isDigits: true };
  const clock = clockTime.exec(lower);
  if (clock !== null) return { ...nothing, clock: [Number(clock[1]), Number(clock[2])] };
  return undefined;
}
