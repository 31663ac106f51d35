import { createSotto } from "@sotto/core";
import { printed, startChild } from "./child.ts";
import type { FaultRow } from "./fault-row.ts";
import { exported, isOnDisk, quiet, withFolder } from "./store-folder.ts";

const SESSIONS = ["s-0", "s-1", "s-2"];

/** kill -9 while turns are recorded: what was acknowledged is there, once. */
export function killedWriters(tries: number): Promise<FaultRow> {
  return withFolder(async (folder) => {
    let [acknowledged, failures] = [0, 0];
    const all: string[] = [];
    for (let n = 0; n < tries; n++) {
      const child = startChild("turn-writer", [folder, `round-${n}`, ...SESSIONS]);
      await printed(child, 1 + ((n * 7) % 40));
      child.process.kill("SIGKILL");
      await child.ended;
      for (const line of child.lines) {
        const { text } = JSON.parse(line) as { text?: string };
        if (text !== undefined) all.push(text);
      }
    }
    acknowledged = all.length;
    const sotto = createSotto({ storage: folder, logger: quiet });
    const held = new Map<string, number>();
    for (const session of SESSIONS) {
      const handle = await sotto.session({ id: session, user: "ann" });
      for (const { text } of await handle.turns()) held.set(text, (held.get(text) ?? 0) + 1);
      await handle.close({ end: false });
    }
    await sotto.close();
    for (const text of all) if (held.get(text) !== 1) failures++;
    return { attack: "kill -9 while turns are recorded", tries, failures, note: `${acknowledged} acknowledged turns` };
  });
}

/** kill -9 in a forget: the next one finishes it, and no byte is left. */
export async function killedForgets(tries: number): Promise<FaultRow> {
  let [failures, cut] = [0, 0];
  for (let n = 0; n < tries; n++) {
    await withFolder(async (folder) => {
      const before = createSotto({ storage: folder, logger: quiet });
      for (let session = 0; session < 6; session++)
        await before.recordTurn({ user: "ann", session: `s-${session}`, role: "user", text: `SECRET-${session}` });
      await before.remember("ann", "SECRET fact");
      await before.close();
      const child = startChild("forgetter", [folder]);
      await printed(child, 1);
      await new Promise((resolve) => setTimeout(resolve, (n * 13) % 120));
      child.process.kill("SIGKILL");
      await child.ended;
      if (!child.lines.includes("forgotten")) cut++;
      const after = createSotto({ storage: folder, logger: quiet });
      await after.forget({ user: "ann" });
      const left = isOnDisk(folder, "SECRET") || (await exported(after, "ann")) !== "";
      const begins = await after.recordTurn({ user: "ann", session: "new", role: "user", text: "Hello again." });
      if (left || begins === null) failures++;
      await after.close();
    });
  }
  return { attack: "kill -9 in a forget, and once more", tries, failures, note: `${cut} were cut short` };
}
