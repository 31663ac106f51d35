import { createSotto, type Sotto } from "@sotto/core";
import { examineStore, sqliteStorage } from "@sotto/core/node";
import { printed, startChild } from "./child.ts";
import type { FaultRow } from "./fault-row.ts";
import { isOnDisk, quiet, withFolder } from "./store-folder.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Whether something is left that was there before, or that nobody can reach: what was taken while the forget ran, or after,
 * is on the lists of the new user, and goes with the next forget.
 */
async function leaves(sotto: Sotto, folder: string): Promise<boolean> {
  if (isOnDisk(folder, "BYGONE")) return true;
  const storage = sqliteStorage({ directory: folder });
  const { orphanedSessions } = await examineStore({ storage, logger: quiet });
  await storage.close();
  if (orphanedSessions.length > 0) return true;
  await sotto.forget({ user: "ann" });
  return isOnDisk(folder, "SECRET");
}

/** Turns, sessions, memories and profiles that come while their user is being forgotten, in the same process. */
export async function racesInOneProcess(tries: number): Promise<FaultRow> {
  let [failures, refused] = [0, 0];
  for (let n = 0; n < tries; n++) {
    await withFolder(async (folder) => {
      const sotto = createSotto({ storage: folder, logger: quiet });
      const turn = (session: string, text: string) => ({ user: "ann", session, role: "user", text }) as const;
      for (let session = 0; session < 3; session++) await sotto.recordTurn(turn(`s-${session}`, "BYGONE"));
      await sotto.remember("ann", "BYGONE fact");
      const forgetting = sotto.forget({ user: "ann" });
      await wait((n * 3) % 45);
      const written = await Promise.allSettled([
        sotto.recordTurn(turn("s-0", "SECRET in an open session")),
        sotto.recordTurn(turn(`new-${n}`, "SECRET in a new session")),
        sotto.remember("ann", "SECRET fact"),
        sotto.updateProfile("ann", { data: { note: "SECRET" } }),
        sotto.endSession({ user: "ann", session: "s-1" }),
      ]);
      refused += written.filter((each) => each.status === "rejected" || each.value === null).length;
      await forgetting;
      if (await leaves(sotto, folder)) failures++;
      await sotto.close();
    });
  }
  return {
    attack: "writes while their user is forgotten, one process",
    tries: tries * 5,
    failures,
    note: `${refused} refused`,
  };
}

/** The same with a process that goes on writing. */
export async function racesInTwoProcesses(tries: number): Promise<FaultRow> {
  let [failures, written] = [0, 0];
  for (let n = 0; n < tries; n++) {
    await withFolder(async (folder) => {
      const sotto = createSotto({ storage: folder, logger: quiet });
      await sotto.recordTurn({ user: "ann", session: "s-0", role: "user", text: "BYGONE" });
      const child = startChild("turn-writer", [folder, "SECRET", "s-0", `new-${n}`]);
      await printed(child, 5 + n);
      for (let round = 0; round < 3; round++) {
        await sotto.forget({ user: "ann" });
        await wait(10);
      }
      child.process.kill("SIGKILL");
      await child.ended;
      written += child.lines.length;
      if (await leaves(sotto, folder)) failures++;
      await sotto.close();
    });
  }
  return {
    attack: "writes while their user is forgotten, two processes",
    tries: tries * 3,
    failures,
    note: `${written} writes`,
  };
}
