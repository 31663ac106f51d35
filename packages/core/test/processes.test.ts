import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createSotto } from "../src/create-sotto.ts";
import type { Sotto } from "../src/sotto.ts";

const program = fileURLToPath(new URL("./index-writer.ts", import.meta.url));

describe("several processes on one store", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sotto-processes-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function contents(sotto: Sotto): Promise<[string, string][]> {
    const documents = await sotto.getDocs("shared", { limit: 1_000 });
    return documents.map(({ id, text }) => [id, text]);
  }

  it("four append to one index at once: each finds its own at once, all end with the same, nothing is lost", async () => {
    const watching = createSotto({ storage: folder });
    const writers = ["1", "2", "3", "4"];
    const run = promisify(execFile);
    const outputs = await Promise.all(writers.map((writer) => run(process.execPath, [program, folder, writer])));
    for (const [i, { stdout }] of outputs.entries())
      expect(JSON.parse(stdout)).toEqual({ found: `${writers[i]}-19-2` });

    const afterwards = createSotto({ storage: folder });
    const seen = await contents(afterwards);
    expect(seen).toHaveLength(4 * 59 + 20);
    for (const writer of writers) {
      for (let i = 1; i < 20; i++)
        for (const n of [0, 1, 2]) expect(seen.some(([id]) => id === `${writer}-${i}-${n}`)).toBe(true);
    }
    await watching.refreshIndex("shared");
    expect(await contents(watching)).toEqual(seen);
    // settings + 4 x (20 batches + 1 delete): every batch is one version
    expect(await afterwards.getIndex("shared")).toMatchObject({ version: 85, docCount: 256 });
    await watching.close();
    await afterwards.close();
  }, 60_000);

  it("keeps what was written by a process that never closed the store", async () => {
    const first = createSotto({ storage: folder });
    await first.createIndex("shared", [{ id: "a", text: "written, and not closed" }]);
    const second = createSotto({ storage: folder });
    expect((await second.query("shared", "written")).hits[0]?.id).toBe("a");
    await second.close();
    await first.close();
  });
});
