import type { FaultRow } from "../faults/fault-row.ts";
import { count, table } from "./table.ts";

/** The attacks as a table, for people. */
export function faultsTable(rows: readonly FaultRow[]): string {
  const cells = rows.map(({ attack, tries, failures, note }) => [attack, count(tries), count(failures), note]);
  return table(["attack", "tries", "failures", "what it came to"], cells);
}
