import { analyze, normalizedText } from "../../engine/index.ts";
import { type LocalDay, localDay, plusDays, startOf, weekdayOf } from "./local-time.ts";
import * as words from "./time-words.ts";

/** What a question says about when. */
export interface TimeAsked {
  /** From this moment, and up to but not including that one; milliseconds since the epoch. */
  range?: { from: number; to: number };
  /** `lastCall`, `firstCall`: one conversation; `newest`, `oldest`: what was said last or first. */
  order?: "newest" | "oldest" | "lastCall" | "firstCall";
  /** The question without the days that it names. */
  rest: string;
  /** True when the question asks for nothing besides: whatever was said then is the answer. */
  onlyTime: boolean;
}

interface Found {
  from: LocalDay;
  /** The first day after. */
  to: LocalDay;
  start: number;
  end: number;
}

const LONG_AGO: LocalDay = { year: 1970, month: 1, day: 1 };
/** A question that has none of these is not about time, and is not looked at further. */
const HINT = new RegExp(
  `\\d|${[
    ...words.monthNames,
    ...words.weekdayNames,
    ...words.daysAgo.map(([pattern]) => pattern),
    "last|past|previous|first|latest|recent|newest|original|initial|ago|week|christmas|new year|halloween|valentin",
    "vor (?:ein|zwei|drei|vier|fünf|sechs)|letzt|vorig|vergangen|erst|ursprünglich|anfangs|zuerst|zuletzt|neueste|jüngste|woche|weihnacht|heiligabend|neujahr|silvester",
    "últim|ultim|primer|pasad|hace|semana|navidad|principio|original",
    "derni|premi|il y a|semaine|noël|noel|début|origine|abord",
  ].join("|")}`,
  "iu",
);
const MONTHS = words.monthNames.join("|");
const NUMBER = `\\d{1,3}|${Object.keys(words.numberWords).join("|")}`;
const UNITS = words.units.map(([pattern]) => pattern).join("|");

/** The time that a question asks for, from `now` in a time zone; undefined when it asks for none. */
export function timeAsked(question: string, now: number, timeZone?: string): TimeAsked | undefined {
  if (!HINT.test(question)) return undefined;
  const text = question.toLowerCase().replaceAll("’", "'");
  const today = localDay(now, timeZone);
  const found = findDays(text, today);
  let rest = text;
  let range: TimeAsked["range"];
  if (found !== undefined) {
    rest = `${text.slice(0, found.start)} ${text.slice(found.end)}`;
    range = { from: startOf(found.from, timeZone), to: startOf(found.to, timeZone) };
    const lead = new RegExp(
      `(?<![\\p{L}])(${words.before}|${words.after})\\s+(?:the |dem |el |la |le |l')?$`,
      "iu",
    ).exec(text.slice(0, found.start));
    if (lead !== null) {
      rest = `${text.slice(0, lead.index)} ${text.slice(found.end)}`;
      const isBefore = new RegExp(`^(?:${words.before})$`, "iu").test(lead[1] as string);
      range = isBefore
        ? { from: startOf(LONG_AGO, timeZone), to: range.from }
        : { from: range.from, to: startOf(plusDays(today, 1), timeZone) };
    }
  }
  const withoutDays = rest.trim() === "" ? question : rest.replace(/\s+/gu, " ").trim();
  const orders = [
    ["lastCall", words.lastCall],
    ["firstCall", words.firstCall],
    ["newest", words.newest],
    ["oldest", words.oldest],
  ] as const;
  const order = orders.find(([, pattern]) => whole(pattern).test(rest));
  if (order !== undefined) rest = rest.replace(whole(order[1]), " ");
  if (range === undefined && order === undefined) return undefined;
  return {
    rest: withoutDays,
    onlyTime: saysNothing(rest),
    ...(range === undefined ? {} : { range }),
    ...(order === undefined ? {} : { order: order[0] }),
  };
}

function whole(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, "iu");
}

function saysNothing(text: string): boolean {
  const said = normalizedText(text).split(" ");
  const content = new Set(
    said.filter((word) => !words.talk.has(word) && analyze(word).some(({ stopWord }) => !stopWord) && !SMALL.has(word)),
  );
  return content.size === 0;
}

/** Little words of the other languages. */
const SMALL = new Set(
  `der die das den dem des ein eine am im in um zu und es mal le la les l d du de des un une au à a en et est ce que qu el los las lo y
   del al se me te mi tu con por para on`.split(/\s+/u),
);

function findDays(text: string, today: LocalDay): Found | undefined {
  for (const find of [
    isoDay,
    numericDay,
    dayOfMonth,
    relativeDay,
    unitsAgo,
    calendarUnit,
    weekday,
    namedDay,
    month,
    year,
  ]) {
    const found = find(text, today);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Finder = (text: string, today: LocalDay) => Found | undefined;

function span(match: RegExpExecArray, from: LocalDay, to: LocalDay): Found {
  return { from, to, start: match.index, end: match.index + match[0].length };
}

function oneDay(match: RegExpExecArray, day: LocalDay): Found | undefined {
  if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > 31) return undefined;
  return span(match, day, plusDays(day, 1));
}

/** A day without a year is the last one that has been. */
function past(month: number, day: number, today: LocalDay): LocalDay {
  const isLater = month > today.month || (month === today.month && day > today.day);
  return { year: isLater ? today.year - 1 : today.year, month, day };
}

const isoDay: Finder = (text) => {
  const match = /(?<!\d)(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)/u.exec(text);
  if (match === null) return undefined;
  const [year, month] = [Number(match[1]), Number(match[2])];
  return match[3] === undefined
    ? wholeMonth(match, year, month)
    : oneDay(match, { year, month, day: Number(match[3]) });
};

const numericDay: Finder = (text) => {
  const match = /(?<![\d.])(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u.exec(text);
  if (match === null) return undefined;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const year = Number(match[4]) + ((match[4] as string).length === 2 ? 2000 : 0);
  // With slashes, an English question has the month first.
  const monthFirst = match[2] === "/" && second > 12 ? true : match[2] === "/" && first <= 12 && ENGLISH.test(text);
  return oneDay(match, monthFirst ? { year, month: first, day: second } : { year, month: second, day: first });
};

const ENGLISH = /(?<![\p{L}])(?:what|when|did|the|we|on|i|was|which|who|where)(?![\p{L}])/u;

const dayOfMonth: Finder = (text, today) => {
  const dayFirst = new RegExp(
    `(?<![\\p{L}\\d])(?:(?:on|am|vom|el|le)\\s+)?(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th|\\.|er)?\\s+(?:of\\s+|de\\s+)?(${MONTHS})\\.?(?:,?\\s+(?:de\\s+|del\\s+)?(\\d{4}))?(?![\\p{L}\\d])`,
    "iu",
  ).exec(text);
  const monthFirst =
    dayFirst ??
    new RegExp(
      `(?<![\\p{L}\\d])(?:on\\s+)?(${MONTHS})\\.?\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?(?![\\p{L}\\d])`,
      "iu",
    ).exec(text);
  if (monthFirst === null) return undefined;
  const day = Number(dayFirst === null ? monthFirst[2] : monthFirst[1]);
  const month = monthOf((dayFirst === null ? monthFirst[1] : monthFirst[2]) as string);
  const year = monthFirst[3];
  return oneDay(monthFirst, year === undefined ? past(month, day, today) : { year: Number(year), month, day });
};

const relativeDay: Finder = (text, today) => {
  for (const [pattern, days] of words.daysAgo) {
    const match = whole(pattern).exec(text);
    if (match !== null) return span(match, plusDays(today, -days), plusDays(today, 1 - days));
  }
  return undefined;
};

const unitsAgo: Finder = (text, today) => {
  const match =
    new RegExp(`(?<![\\p{L}\\d])(${NUMBER}) (${UNITS}) ago(?![\\p{L}])`, "iu").exec(text) ??
    new RegExp(`(?<![\\p{L}])(?:vor|hace|il y a) (${NUMBER}) (${UNITS})(?![\\p{L}])`, "iu").exec(text);
  if (match === null) return undefined;
  const many = Number(match[1]) || (words.numberWords[match[1] as string] ?? 1);
  const unit = words.units.find(([pattern]) => whole(pattern).test(match[2] as string))?.[1];
  if (unit === "day") return span(match, plusDays(today, -many), plusDays(today, 1 - many));
  if (unit === "week") {
    const monday = plusDays(today, -weekdayOf(today) - 7 * many);
    return span(match, monday, plusDays(monday, 7));
  }
  if (unit === "month") return wholeMonth(match, today.year, today.month - many);
  return span(match, { year: today.year - many, month: 1, day: 1 }, { year: today.year - many + 1, month: 1, day: 1 });
};

const calendarUnit: Finder = (text, today) => {
  for (const [list, ago] of [
    [words.lastUnit, 1],
    [words.thisUnit, 0],
  ] as const) {
    for (const [pattern, unit] of list) {
      const match = whole(pattern).exec(text);
      if (match === null) continue;
      if (unit === "week") {
        const monday = plusDays(today, -weekdayOf(today) - 7 * ago);
        return span(match, monday, plusDays(monday, 7));
      }
      if (unit === "month") return wholeMonth(match, today.year, today.month - ago);
      const year = today.year - ago;
      return span(match, { year, month: 1, day: 1 }, { year: year + 1, month: 1, day: 1 });
    }
  }
  return undefined;
};

const weekday: Finder = (text, today) => {
  for (const [n, pattern] of words.weekdayNames.entries()) {
    const match = whole(`(?:(?:on|last|am|letzten|el|le) )?(?:${pattern})(?: pasado| dernier)?`).exec(text);
    if (match === null) continue;
    const back = (weekdayOf(today) - n + 7) % 7 || 7;
    return span(match, plusDays(today, -back), plusDays(today, 1 - back));
  }
  return undefined;
};

const namedDay: Finder = (text, today) => {
  for (const [pattern, monthOfDay, day] of words.namedDays) {
    const match = whole(pattern).exec(text);
    if (match === null) continue;
    const from = past(monthOfDay, day, today);
    return span(match, from, plusDays(from, monthOfDay === 12 ? 3 : 1));
  }
  return undefined;
};

const month: Finder = (text, today) => {
  const match = new RegExp(
    `(?<![\\p{L}\\d])(?:(?:in|during|of|since|before|after|last|im|en|de|seit|vor|nach)\\s+(?:the\\s+)?(${MONTHS})(?:,?\\s+(?:de\\s+|del\\s+|of\\s+)?(\\d{4}))?|(${MONTHS})\\s+(?:de\\s+|del\\s+|of\\s+)?(\\d{4}))(?![\\p{L}\\d])`,
    "iu",
  ).exec(text);
  if (match === null) return undefined;
  const name = (match[1] ?? match[3]) as string;
  const year = match[2] ?? match[4];
  const number = monthOf(name);
  const start = match.index + match[0].indexOf(name);
  const found = wholeMonth(match, year === undefined ? past(number, 1, today).year : Number(year), number);
  // The word before may be one that makes it "before" or "after".
  return { ...found, start };
};

const year: Finder = (text) => {
  const match = /(?<![\p{L}\d])(?:in|during|im jahr|en|since|before|after|seit|vor|nach) (\d{4})(?!\d)/u.exec(text);
  if (match === null) return undefined;
  const number = Number(match[1]);
  if (number < 1970 || number > 2100) return undefined;
  const start = match.index + match[0].length - 4;
  return { ...span(match, { year: number, month: 1, day: 1 }, { year: number + 1, month: 1, day: 1 }), start };
};

function wholeMonth(match: RegExpExecArray, year: number, number: number): Found {
  const from = plusDays({ year, month: number, day: 1 }, 0);
  return span(match, from, plusDays({ year: from.year, month: from.month + 1, day: 1 }, 0));
}

function monthOf(name: string): number {
  return words.monthNames.findIndex((names) => names.split("|").includes(name.toLowerCase())) + 1;
}
