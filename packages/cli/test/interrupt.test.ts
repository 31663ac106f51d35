import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSotto } from "@sotto/core";
import { type CliResult, runCli, startCli } from "./run-cli.ts";

const FILES = 600;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-interrupt-"));
  await mkdir(join(root, "docs"));
  for (let i = 0; i < FILES; i++)
    await writeFile(join(root, "docs", `${i}.txt`), `Ticket ${i}: the modem number ${i} is offline.`);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const ingest = ["ingest", "docs", "--index", "tickets", "--batch", "1", "--json"];

/** Ends an ingest by `signal` once some of its documents are on disk. */
async function stopInTheMiddle(signal: NodeJS.Signals): Promise<CliResult> {
  const { child, result } = startCli(root, ingest);
  const sotto = createSotto({ storage: join(root, ".sotto") });
  try {
    while (child.exitCode === null && (await documentsNow(sotto)) < 5)
      await new Promise((resolve) => setImmediate(resolve));
    child.kill(signal);
    return await result;
  } finally {
    await sotto.close();
  }
}

async function documentsNow(sotto: ReturnType<typeof createSotto>): Promise<number> {
  return (await sotto.listIndexes()).find(({ name }) => name === "tickets")?.docCount ?? 0;
}

it("continues where it was after kill -9", async () => {
  expect(await stopInTheMiddle("SIGKILL")).toMatchObject({ code: null, signal: "SIGKILL" });
  const { code, stdout } = await runCli(root, ...ingest);
  const { files, indexNow } = JSON.parse(stdout) as {
    files: { added: number; unchanged: number };
    indexNow: { docCount: number };
  };
  expect(code).toBe(0);
  expect(files.unchanged).toBeGreaterThanOrEqual(5);
  expect(files.added).toBeGreaterThan(0);
  expect(files.added + files.unchanged).toBe(FILES);
  expect(indexNow.docCount).toBe(FILES);
});

it("ends cleanly on Ctrl-C with exit code 130, keeps what was written and can be continued", async () => {
  const stopped = await stopInTheMiddle("SIGINT");
  expect(stopped).toMatchObject({ code: 130, signal: null });
  const report = JSON.parse(stopped.stdout) as {
    interrupted: boolean;
    files: { added: number };
    indexNow: { docCount: number };
  };
  expect(report.interrupted).toBe(true);
  expect(report.indexNow.docCount).toBe(report.files.added);
  expect(report.files.added).toBeLessThan(FILES);
  const { stdout } = await runCli(root, ...ingest);
  expect(JSON.parse(stdout)).toMatchObject({
    interrupted: false,
    files: { unchanged: report.files.added },
    indexNow: { docCount: FILES },
  });
});
