import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSotto } from "../src/create-sotto.ts";
import { examineStore } from "../src/examine-store.ts";
import { backupStore, restoreStore, sqliteStorage } from "../src/storage/node/index.ts";

const logger = { warn() {}, error() {} };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sotto-doctor-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function bytesOf(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

/** See fixtures/write-damaged-store.mjs for what happened to it. */
describe("a store that a faulty version left", () => {
  const well = { unfinishedForgets: 0, orphanedSessions: [], emptyEntries: [], emptyUsers: [] };

  it("is examined without a change, mended when asked, and well afterwards", async () => {
    cpSync(fileURLToPath(new URL("./fixtures/store-damaged", import.meta.url)), folder, { recursive: true });
    const storage = sqliteStorage({ directory: folder });
    const found = {
      unfinishedForgets: 0,
      orphanedSessions: [{ sessionId: "ann-late", owner: "ann", known: false }],
      emptyEntries: [{ userId: "jane.doe-555123", sessionId: "team" }],
      emptyUsers: ["ann", "jane.doe-555123"],
    };
    const keys = await storage.list("");
    expect(await examineStore({ storage, logger })).toEqual(found);
    expect(await storage.list("")).toEqual(keys);
    expect(await examineStore({ storage, logger, fix: true })).toEqual(found);
    expect(await examineStore({ storage, logger })).toEqual(well);
    expect(await storage.list("")).toEqual([
      "default/session/carl-1",
      "default/session/team",
      "default/user/carl/permanent",
      "default/user/carl/sessions",
    ]);
    expect(bytesOf(folder)).not.toMatch(/came late|jane|ann-late/);
    const sotto = createSotto({ storage, logger });
    const lines: string[] = [];
    for await (const line of sotto.export({ user: "carl" })) lines.push(line);
    expect(lines.join()).toMatch(/cello.*locker number is 77.*Welcome/s);
    await sotto.close();
    await storage.close();
  });

  it("keeps a session that no list holds when its owner is known, and puts it on their list", async () => {
    const storage = sqliteStorage({ directory: folder });
    const sotto = createSotto({ storage, logger });
    await sotto.remember("ann", "Ann plays the oboe.");
    await sotto.recordTurn({ user: "ann", session: "lost", role: "user", text: "Where was I?" });
    await sotto.close();
    await storage.delete("default/user/ann/sessions");
    expect((await examineStore({ storage, logger, fix: true })).orphanedSessions).toEqual([
      { sessionId: "lost", owner: "ann", known: true },
    ]);
    const again = createSotto({ storage, logger });
    let all = "";
    for await (const line of again.export({ user: "ann" })) all += line;
    expect(all).toMatch(/Where was I/);
    await again.close();
    expect(await examineStore({ storage, logger })).toEqual(well);
    await storage.close();
  });
});

describe("a backup", () => {
  it("of a store that is in use is all of it at one moment, a store itself, and can be restored", async () => {
    const [live, copy, restored] = ["live", "copy", "restored"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const storage = sqliteStorage({ directory: live });
    const sotto = createSotto({ storage, logger });
    await sotto.createIndex("kb", [
      { id: "a", text: "The gate code is 4471." },
      { id: "b", text: "SECRET-TEXT" },
    ]);
    await sotto.forget({ index: "kb", documentIds: ["b"] });
    await sotto.recordTurn({ user: "ann", session: "s", role: "user", text: "My dog is called Rex." });
    expect(backupStore({ directory: live, to: copy })).toEqual({ snapshots: 1 });
    await sotto.recordTurn({ user: "ann", session: "s", role: "user", text: "After the backup." });
    await sotto.close();
    await storage.close();
    expect(() => backupStore({ directory: live, to: copy })).toThrow(/not empty/);
    restoreStore({ directory: copy, to: restored });
    expect(() => restoreStore({ directory: copy, to: restored })).toThrow(/there is a store/);
    for (const directory of [copy, restored]) {
      expect(statSync(join(directory, "sotto.db")).mode & 0o777).toBe(0o600);
      expect(bytesOf(directory)).not.toMatch(/SECRET-TEXT|After the backup/);
      const opened = createSotto({ storage: directory, logger });
      expect((await opened.query("kb", "gate code")).hits[0]?.id).toBe("a");
      const session = await opened.session("s");
      expect((await session.turns()).map(({ text }) => text)).toEqual(["My dog is called Rex."]);
      await opened.close();
    }
  });

  it("of nothing is refused", () => {
    expect(() => backupStore({ directory: join(folder, "none"), to: join(folder, "copy") })).toThrow(/no such file/);
  });
});
