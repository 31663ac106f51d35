import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "../src/report.ts";

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
  let report: Report;
  beforeAll(() => {
    result = demo(
      "--json",
      "--docs",
      join(folder, "docs"),
      "--packages",
      "3",
      "--queries",
      "20",
      "--ask",
      "when to descale the espresso machine?",
    );
    report = JSON.parse(result.stdout) as Report;
  });

  it("finds every expected document", () => {
    expect(report.answers.filter(({ found }) => !found)).toEqual([]);
    expect(report.answers.length).toBeGreaterThan(10);
    expect(report).toMatchObject({ ok: true });
    expect(result.status).toBe(0);
  });

  it("indexes the user's own folder and answers the user's own question", () => {
    expect(report.indexes.map(({ name }) => name)).toContain("docs");
    expect(report.answers.at(-1)).toMatchObject({
      hits: expect.arrayContaining([expect.objectContaining({ index: "docs" })]),
    });
    expect(report.answers.at(-1)?.hits[0]).toMatchObject({ index: "docs", id: "coffee.md#0" });
  });

  it("remembers the call in it, and in another process, without embedding anything anew", () => {
    expect(report.call).toMatchObject({ found: true, text: expect.stringContaining("4471") });
    expect(report.call.memories).toBeGreaterThan(0);
    const { secondCall } = report;
    expect(secondCall.recalled.map(({ found }) => found)).toEqual([true, true, true]);
    expect(secondCall.greeting).toContain("Maria");
    expect(secondCall).toMatchObject({ greeted: true, documentsEmbedded: 0, knowledge: { found: true } });
    expect(secondCall.chunks).toMatchObject(
      Object.fromEntries(report.indexes.map(({ name, chunks }) => [name, chunks])),
    );
  });

  it("times the further queries and loads what it saved", () => {
    const { p50, p95, p99 } = report.timed.tookMs;
    expect(report.timed.queries).toBe(20);
    expect([p50, p95, p99]).toEqual([p50, p95, p99].toSorted((a, b) => a - b));
    expect(p50).toBeGreaterThan(0);
    for (const { bytes, documents, chunks } of report.indexes) {
      expect(bytes).toBeGreaterThan(0);
      expect(chunks).toBeGreaterThanOrEqual(documents);
    }
  });

  it("prints nothing else and removes its store", () => {
    expect(result.stderr).toBe("");
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  });
});

it("prints for people without colours on a pipe", () => {
  const { stdout, stderr, status } = demo("--packages", "0", "--queries", "5");
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
