/**
 * Takes a call over, or records turns until it is killed: arguments directory, `take-over` or `talk`.
 *
 * `take-over` prints the texts of the turns that it finds, records one, prints `recorded`, waits for one more of the other
 * process and prints its text. `talk` records exchanges for ever and prints the id of each that is acknowledged.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { sqliteStorage } from "../../src/storage/node/sqlite-storage.ts";
import { printLine } from "../../src/storage/node/test/print-line.ts";
import { testMemory } from "./test-memory.ts";

const [directory = "", job = ""] = process.argv.slice(2);
const storage = sqliteStorage({ directory });
const { memory } = testMemory({ storage });
const user = { id: "ann", name: "Ann" };
const session = await memory.session({ id: "call-1", user });

if (job === "take-over") {
  const found = await session.turns();
  printLine(
    JSON.stringify([
      ...found.map(({ text }) => text),
      ...(await session.getDocs({ ids: ["d"] })).map(({ text }) => text),
    ]),
  );
  await memory.recordTurn({ user, session: "call-1", role: "assistant", text: "I take over.", itemId: "child" });
  printLine("recorded");
  let turns = found;
  while (turns.length < found.length + 2) {
    await sleep(5);
    turns = await session.turns();
  }
  printLine(turns.at(-1)?.text ?? "");
  await session.close({ end: false });
  await memory.close();
  await storage.close();
} else {
  for (let n = 0; ; n++) {
    const id = await memory.saveResponse({
      user,
      session: "call-1",
      turnId: `turn-${n}`,
      userText: `I visited town number ${n}.`,
      assistantText: `Town ${n} is fine.`,
    });
    printLine(id ?? "failed");
  }
}
