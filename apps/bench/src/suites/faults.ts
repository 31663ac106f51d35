import { fileBombs } from "../faults/bombs.ts";
import type { FaultRow } from "../faults/fault-row.ts";
import { flood } from "../faults/flood.ts";
import { racesInOneProcess, racesInTwoProcesses } from "../faults/forget-races.ts";
import { killedForgets, killedWriters } from "../faults/kills.ts";

/** What goes wrong around Sotto, or is done to it, and whether it keeps what it promises. `quick`: a few tries of each. */
export async function benchFaults({
  quick,
  progress,
}: {
  quick: boolean;
  progress(message: string): void;
}): Promise<FaultRow[]> {
  const attacks: [name: string, run: () => Promise<FaultRow>][] = [
    ["kills of writers", () => killedWriters(quick ? 4 : 60)],
    ["kills of forgets", () => killedForgets(quick ? 4 : 60)],
    ["forget races in one process", () => racesInOneProcess(quick ? 5 : 60)],
    ["forget races in two processes", () => racesInTwoProcesses(quick ? 2 : 20)],
    ["recalls of one user", () => flood(quick ? 200 : 1_000, "one")],
    ["recalls of many users", () => flood(quick ? 200 : 1_000, "each")],
    ["files", fileBombs],
  ];
  const rows: FaultRow[] = [];
  for (const [name, run] of attacks) {
    progress(name);
    rows.push(await run());
  }
  return rows;
}
