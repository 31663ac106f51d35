import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sotto-quickstart-test-"));
  for (const name of ["docs", "tmp"]) mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, "docs", "coffee.md"),
    "# Coffee machine\n\n## Descaling\n\nDescale the espresso machine every 90 days.\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function demo(...args: string[]): SpawnSyncReturns<string> {
  // A temporary folder of its own shows whether the store is removed.
  return spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    env: { ...process.env, TMPDIR: join(folder, "tmp") },
  });
}

describe("a small run as JSON", () => {
  let result: SpawnSyncReturns<string>;
  let report: Record<string, never> & {
    answers: { found: boolean; best: string }[];
    secondCall: { recalled: { found: boolean }[] };
    indexes: { name: string }[];
  };
  beforeAll(() => {
    const own = ["--docs", join(folder, "docs"), "--ask", "when to descale the espresso machine?"];
    result = demo("--json", "--queries", "20", ...own);
    report = JSON.parse(result.stdout);
  });

  it("finds every expected document", () => {
    expect(report.answers.filter(({ found }) => !found)).toEqual([]);
    expect(report.answers.length).toBeGreaterThan(10);
    expect(report).toMatchObject({ ok: true });
    expect(result.status).toBe(0);
  });

  it("indexes the user's own folder and answers the user's own question", () => {
    expect(report.indexes.map(({ name }) => name)).toEqual(["support", "manuals", "docs"]);
    expect(report.answers.at(-1)).toMatchObject({ best: "coffee.md#0" });
  });

  it("remembers the call in it, and in another process, without embedding anything anew", () => {
    expect(report).toMatchObject({ call: { found: true }, secondCall: { documentsEmbedded: 0 } });
    expect(report.secondCall.recalled.map(({ found }) => found)).toEqual([true, true, true]);
    expect(report.secondCall).toMatchObject({ greeting: expect.stringContaining("Maria") });
  });

  it("prints nothing else and removes its store", () => {
    expect(result.stderr).toBe("");
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  });
});

it("prints for people without colours on a pipe", () => {
  const { stdout, stderr, status } = demo("--queries", "5");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  for (const title of ["1. Indexed", "2. Questions", "3. A call", "4. The second call", "5. 5 more queries"])
    expect(stdout).toContain(title);
  expect(stdout).not.toContain("\u001b");
});

it("shows its options, and refuses unknown ones with exit code 2", () => {
  expect(demo("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("--docs <dir>") });
  expect(demo("--queries", "many")).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringContaining('--queries is "many"'),
  });
  expect(demo("--docs", "nowhere")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("There is no folder nowhere"),
  });
  expect(demo("--nothing")).toMatchObject({ status: 2, stdout: "" });
});
