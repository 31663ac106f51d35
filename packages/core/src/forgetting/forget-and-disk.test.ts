import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createSotto } from "../create-sotto.ts";
import { sqliteStorage } from "../storage/node/index.ts";
import { removeTemporaryFolders, temporaryFolder } from "../storage/node/test/temporary-folder.ts";

afterAll(removeTemporaryFolders);

const quiet = { warn() {}, error() {} };
const turn = (session: string, text: string) => ({ user: "ann", session, role: "user", text }) as const;

/** Whether the bytes of a text are in any file of a store. */
function isOnDisk(directory: string, text: string): boolean {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text));
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("forgetting while another program reads the store as it was", () => {
  it("says that bytes are pending, does not wait for the other, and finishes by itself", async () => {
    const directory = temporaryFolder();
    const storage = sqliteStorage({ directory });
    const sotto = createSotto({ storage, logger: quiet });
    for (let n = 0; n < 3; n++) await sotto.recordTurn(turn(`s-${n}`, "SECRET-TEXT"));
    const other = new DatabaseSync(join(directory, "sotto.db"));
    other.exec("BEGIN; SELECT count(*) FROM batches");
    const result = await sotto.forget({ user: "ann" });
    expect(result).toMatchObject({ sessions: 3, pending: expect.stringMatching(/another process/) });
    expect(isOnDisk(directory, "SECRET-TEXT")).toBe(true);
    expect(await sotto.recordTurn(turn("new", "something else"))).not.toBeNull();
    other.exec("COMMIT");
    other.close();
    await until(() => !isOnDisk(directory, "SECRET-TEXT"));
    expect((await sotto.forget({ user: "nobody" })).pending).toBeUndefined();
    await sotto.close();
    await storage.close();
  }, 30_000);
});

describe("a store that is full", () => {
  it("can be opened, recalled from and forgotten from, and then written to", async () => {
    const directory = temporaryFolder();
    const first = sqliteStorage({ directory });
    const filling = createSotto({ storage: first, logger: quiet });
    await filling.recordTurn(turn("s", "My SECRET-TEXT is blue."));
    await filling.recordTurn({ ...turn("t", "Something of bob's."), user: "bob" });
    for (let n = 0; n < 20; n++) await filling.recordTurn(turn(`more-${n}`, `SECRET-TEXT ${"and more ".repeat(500)}`));
    await filling.close();
    await first.close();
    const pages = Math.ceil(readFileSync(join(directory, "sotto.db")).length / 4_096);
    const storage = sqliteStorage({ directory, maxPages: pages });
    const sotto = createSotto({ storage, logger: quiet });
    let full = false;
    for (let n = 0; n < 50 && !full; n++) full = (await sotto.recordTurn(turn("s", "one more ".repeat(400)))) === null;
    expect(full).toBe(true);
    const session = await sotto.session({ id: "t", user: "bob" });
    expect((await session.turns()).map(({ text }) => text)).toEqual(["Something of bob's."]);
    expect((await sotto.searchMemory("anything", { user: "carl" })).trace.degraded).toBe(false);
    expect(await sotto.forget({ user: "ann" })).toMatchObject({ sessions: 21 });
    expect(isOnDisk(directory, "SECRET-TEXT")).toBe(false);
    expect(await sotto.recordTurn({ ...turn("t", "Room again."), user: "bob" })).not.toBeNull();
    await sotto.close();
    await storage.close();
  }, 60_000);

  it("does not find what it refused", async () => {
    const directory = temporaryFolder();
    const storage = sqliteStorage({ directory, maxPages: 60 });
    const sotto = createSotto({ storage, logger: quiet });
    const text = `The vault is in Zanzibar. ${"filling ".repeat(1_000)}`;
    for (let n = 0; n < 60; n++) await sotto.recordTurn({ ...turn("s", `${n} ${text}`), durability: "queued" });
    await sotto.flush().catch(() => undefined);
    await until(() => sotto.stats.failedWrites > 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const session = await sotto.session("s");
    const held = (await session.turns()).length;
    const log = await storage.open("default/session/s");
    const onDisk = (await log.read({ after: 0 }))
      .flatMap(({ records }) => records)
      .filter(({ data }) => Buffer.from(data).includes("Zanzibar"));
    expect(held).toBe(onDisk.length);
    await sotto.close();
    await storage.close().catch(() => undefined);
  }, 60_000);
});

describe("deleteDocs", () => {
  it("takes texts off the disk with erase, those of documents that were replaced or deleted before, too", async () => {
    const directory = temporaryFolder();
    const storage = sqliteStorage({ directory });
    const sotto = createSotto({ storage, logger: quiet });
    await sotto.createIndex("kb", [
      { id: "a", text: "SECRET-ONE" },
      { id: "b", text: "SECRET-TWO" },
      { id: "c", text: "stays" },
    ]);
    await sotto.addDocs("kb", [{ id: "a", text: "SECRET-THREE" }]);
    await sotto.deleteDocs("kb", ["b"]);
    expect(isOnDisk(directory, "SECRET")).toBe(true);
    expect(await sotto.deleteDocs("kb", ["a", "b"], { erase: true })).toMatchObject({ deleted: 1 });
    expect(isOnDisk(directory, "SECRET")).toBe(false);
    expect((await sotto.getDocs("kb")).map(({ id }) => id)).toEqual(["c"]);
    await expect(sotto.deleteDocs("kb", ["c"], { erase: "yes" } as never)).rejects.toMatchObject({
      code: "argument.invalid",
    });
    await sotto.close();
    await storage.close();
  });
});
