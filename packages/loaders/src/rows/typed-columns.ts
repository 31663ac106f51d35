export type Cell = string | number | boolean;

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/;
const BOOLEAN = /^(?:true|false)$/i;
/** What people write where there is no value. */
const MISSING = /^(?:n\/?a|n\.a\.|na|nan|null|none|nil|-+|–|—|\?+|tbd|tba|k\.\s?a\.|s\.\s?o\.|nd|unknown|unbekannt)$/i;
const CURRENCY = /^(?:[€$£¥]|EUR|USD|GBP|CHF)\s?|\s?(?:[€$£¥]|EUR|USD|GBP|CHF|PLN|zł|kr\.?|,-)$/gi;
const DECIMAL_COMMA = /^-?(?:\d{1,3}(?:[.\s\u00A0\u202F']\d{3})+|\d+)(?:,\d+)?$/;
const THOUSANDS_COMMA = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/**
 * The type of each column of a table of strings: numbers where all of its values are (also written `12,50`, `1.234,50`,
 * `1,234.50` or with a currency, all of one kind), booleans, else strings. Values such as `n/a` and `-` do not spoil a
 * column of numbers. Values with leading zeros or a plus sign (part numbers, telephone numbers) are no numbers. Empty and
 * missing cells are left out.
 */
export function typedColumns(
  rows: readonly (readonly string[])[],
  columns: number,
): ((value: string) => Cell | undefined)[] {
  return Array.from({ length: columns }, (_, column) => {
    const values: string[] = [];
    for (const row of rows) {
      const value = row[column]?.trim();
      if (value !== undefined && value !== "") values.push(value);
    }
    return columnType(values);
  });
}

function columnType(values: readonly string[]): (value: string) => Cell | undefined {
  const told = values.filter((value) => !MISSING.test(value));
  if (told.length === 0) return asText;
  const number = numberReader(told);
  if (number !== undefined) return (value) => (MISSING.test(value.trim()) ? undefined : number(value.trim()));
  if (values.every((value) => BOOLEAN.test(value))) return (value) => value.trim().toLowerCase() === "true";
  return asText;
}

function asText(value: string): string | undefined {
  return value.trim() === "" ? undefined : value;
}

/** How all of the values are read as numbers; undefined when they are not, or not all in one way. */
function numberReader(values: readonly string[]): ((value: string) => number) | undefined {
  if (values.every((value) => PLAIN_NUMBER.test(value))) return Number;
  const bare = values.map(withoutCurrency);
  if (bare.every((value) => PLAIN_NUMBER.test(value))) return (value) => Number(withoutCurrency(value));
  if (bare.every((value) => PLAIN_NUMBER.test(value) || THOUSANDS_COMMA.test(value)) && bare.some(hasTwoGroups)) {
    return (value) => Number(withoutCurrency(value).replaceAll(",", ""));
  }
  const isDecimal = bare.every((value) => DECIMAL_COMMA.test(value) && !/^-?0\d/.test(value));
  // `1,200` alone may be either: it stays text.
  if (!isDecimal || !bare.some((value) => /,\d{1,2}$|,\d{4,}$/.test(value))) return undefined;
  return (value) =>
    Number(
      withoutCurrency(value)
        .replace(/[.\s\u00A0\u202F']/g, "")
        .replace(",", "."),
    );
}

/** Surely in thousands: `1,234,567` or `1,234.50`. */
function hasTwoGroups(value: string): boolean {
  return /,\d{3}[,.]/.test(value);
}

function withoutCurrency(value: string): string {
  return value.replace(CURRENCY, "").trim();
}
