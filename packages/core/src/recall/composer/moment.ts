/** Moments that were shown, with their time zone; formatting one takes as long as finding what to show. */
const shown = new Map<string, Parts | undefined>();
const MOST_KEPT = 8_192;

interface Parts {
  date: string;
  time: string;
  zone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment as entries show it, in a time zone: `2026-01-03 14:05 UTC`. Undefined for a number that is no date. */
export function minuteOf(at: number, timeZone?: string): string | undefined {
  const parts = partsOf(at, timeZone);
  return parts && `${parts.date} ${parts.time} ${parts.zone}`;
}

/** `2026-01-03`, in a time zone. */
export function dayOf(at: number, timeZone?: string): string | undefined {
  return partsOf(at, timeZone)?.date;
}

/** In the process's time zone when none is given. */
function partsOf(at: number, timeZone = ""): Parts | undefined {
  const key = `${timeZone}${Math.floor(at / 60_000)}`;
  const known = shown.get(key);
  if (known !== undefined) return known;
  if (shown.size >= MOST_KEPT) shown.clear();
  const parts = format(at, timeZone === "" ? undefined : timeZone);
  shown.set(key, parts);
  return parts;
}

function format(at: number, timeZone: string | undefined): Parts | undefined {
  if (Number.isNaN(new Date(at).getTime())) return undefined;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = value;
  const { year = "", month = "", day = "", hour = "", minute = "", timeZoneName = "" } = parts;
  return { date: `${year.padStart(4, "0")}-${month}-${day}`, time: `${hour}:${minute}`, zone: timeZoneName };
}

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone ?? "");
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  formats.set(timeZone ?? "", format);
  return format;
}
