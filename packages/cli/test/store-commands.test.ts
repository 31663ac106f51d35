import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCli } from "./run-cli.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-store-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const damaged = fileURLToPath(new URL("../../core/test/fixtures/store-damaged", import.meta.url));

describe("sotto doctor", () => {
  it("says what is out of order, mends it when told, and is content afterwards", async () => {
    await cp(damaged, join(root, "damaged"), { recursive: true });
    const doctor = (...more: string[]) => runCli(root, "doctor", "--store", "damaged", ...more);
    const found = await doctor();
    expect(found).toMatchObject({ code: 1, stderr: "" });
    expect(found.stdout).toMatch(/"ann-late" of "ann" is on no list/);
    expect(found.stdout).toMatch(/--fix/);
    expect(await doctor("--fix")).toMatchObject({ code: 0, stdout: expect.stringMatching(/Mended/) });
    expect(await doctor()).toMatchObject({ code: 0, stdout: "All is well.\n" });
    expect(JSON.parse((await doctor("--json")).stdout)).toMatchObject({ orphanedSessions: [] });
  });

  it("says when there is no store", async () => {
    expect(await runCli(root, "doctor", "--store", "nowhere")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no store/),
    });
  });
});

describe("sotto backup and restore", () => {
  it("copy a store to a folder and back", async () => {
    await writeFile(join(root, "note.md"), "The gate code is 4471.");
    expect(await runCli(root, "ingest", "note.md", "--index", "kb", "--store", "live")).toMatchObject({ code: 0 });
    expect(await runCli(root, "backup", "copy", "--store", "live")).toMatchObject({ code: 0, stderr: "" });
    expect(await runCli(root, "restore", "copy", "--store", "again")).toMatchObject({ code: 0, stderr: "" });
    expect((await runCli(root, "query", "gate code", "--index", "kb", "--store", "again")).stdout).toMatch(/4471/);
    expect(await runCli(root, "restore", "copy", "--store", "again")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/store in again already/),
    });
    expect(await runCli(root, "backup", "copy2", "--store", "nowhere")).toMatchObject({ code: 2 });
  });
});
