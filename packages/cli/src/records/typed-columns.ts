const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d+)?$/;
const BOOLEAN = /^(true|false)$/i;

/**
 * Gives each column of a table of strings the type that all of its values have: number, boolean, else string. Values
 * with leading zeros or a plus sign (part numbers, telephone numbers) are no numbers. Empty cells are left out.
 */
export function typedColumns(
  records: readonly Readonly<Record<string, string>>[],
): Record<string, string | number | boolean>[] {
  const convert = new Map<string, (value: string) => string | number | boolean>();
  for (const column of Object.keys(records[0] ?? {})) {
    const values = records.map((record) => record[column]).filter((value) => value !== undefined && value !== "");
    if (values.length > 0 && values.every((value) => NUMBER.test(value as string))) convert.set(column, Number);
    else if (values.length > 0 && values.every((value) => BOOLEAN.test(value as string))) {
      convert.set(column, (value) => value.toLowerCase() === "true");
    }
  }
  return records.map((record) =>
    Object.fromEntries(
      Object.entries(record)
        .filter(([, value]) => value !== "")
        .map(([column, value]) => [column, convert.get(column)?.(value) ?? value]),
    ),
  );
}
