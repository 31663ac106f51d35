/** Rows of cells as text in columns; the first column is aligned left, the others right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number),
      )
      .join("  ")
      .trimEnd();
  return [line(header), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** Three figures that count: 0.0123, 1.23, 123. */
export function figure(value: number | null): string {
  if (value === null) return "-";
  if (value === 0) return "0";
  const digits = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.abs(value)))));
  return value.toFixed(digits);
}

export function times(ratio: number): string {
  return `${ratio >= 10 ? Math.round(ratio).toLocaleString("en") : figure(ratio)} x`;
}

export function percent(share: number): string {
  return (100 * share).toFixed(1);
}

export function count(value: number): string {
  return value.toLocaleString("en");
}
