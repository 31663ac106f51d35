import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jest } from "@jest/globals";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { runCli, startCli } from "./run-cli.ts";

// Each test starts the command anew, some several times.
jest.setTimeout(60_000);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-cli-"));
  await writeFiles(join(root, "docs"));
  expect(await runCli(root, "ingest", "docs", "--index", "handbook")).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** One file of every type. */
async function writeFiles(folder: string): Promise<void> {
  await mkdir(folder);
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  pdf.addPage().drawText("Descale the espresso machine every 90 days.", { x: 40, y: 700, size: 12, font });
  const files: Record<string, string | Uint8Array> = {
    "returns.md": "# Returns\n\n## Deadline\n\nYou can return a router within 30 days.\n",
    "hours.txt": "The shop in Leipzig opens at nine.",
    "warranty.html": "<title>Warranty</title><h1>Warranty</h1><p>Washing machines have five years of warranty.</p>",
    "faq.json": '[{"id":"sim","question":"Where is my SIM card?","answer":"It comes by letter."}]',
    "notes.jsonl": '{"text":"Technicians visit between 8 and 18 o\'clock."}\n',
    "prices.csv": "part,name,price\nDP-40,Drain pump,19.90\nHE-12,Heating element,34.50\n",
    "manual.pdf": await pdf.save(),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

const query = async (text: string, ...more: string[]) => {
  const { code, stdout } = await runCli(root, "query", text, "--index", "handbook", "--json", ...more);
  return {
    code,
    ...(JSON.parse(stdout) as {
      hits: { id: string; score: number; metadata: Record<string, unknown> }[];
      embedMs: number;
      searchMs: number;
    }),
  };
};

describe("help and usage", () => {
  it("shows the commands, their options and the version", async () => {
    const [help, ingest, version] = await Promise.all([
      runCli(root, "--help"),
      runCli(root, "ingest", "--help"),
      runCli(root, "--version"),
    ]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(/ingest.*\n.*query/);
    expect(ingest.code).toBe(0);
    for (const option of ["--index", "--chunk", "--prune", "--text-field", "--metadata", "--store"])
      expect(ingest.stdout).toContain(option);
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it.each<[string, string[], string]>([
    ["no command", [], "Usage: sotto"],
    ["a misspelt command", ["ingst", "docs"], "Did you mean ingest?"],
    ["no index", ["query", "x"], "required option '-i, --index <name>' not specified"],
    ["an unknown option", ["query", "x", "-i", "handbook", "--explan"], "Did you mean --explain?"],
    ["a path that is not there", ["ingest", "nowhere", "-i", "a"], "There is no file or folder nowhere."],
    [
      "an unknown way to chunk",
      ["ingest", "docs", "-i", "a", "--chunk", "word"],
      "Allowed choices are heading, sentence, size, none.",
    ],
    [
      "too large an overlap",
      ["ingest", "docs", "-i", "a", "--overlap", "600"],
      "--overlap 600 must be below half of --max-chars, 600.",
    ],
    ["pruning without a folder", ["ingest", "docs/hours.txt", "-i", "a", "--prune"], "--prune needs a folder"],
    ["an alpha out of range", ["query", "x", "-i", "handbook", "--alpha", "2"], "It must be a number from 0 to 1."],
    ["a filter that is not JSON", ["query", "x", "-i", "handbook", "--filter", "{a"], "It is not JSON"],
    ["a filter with an unknown operator", ["query", "x", "-i", "handbook", "--filter", '{"a":{"$like":"b"}}'], "$like"],
    [
      "an index that is not there",
      ["query", "x", "-i", "handbok"],
      'There is no index "handbok". Did you mean handbook?',
    ],
    ["a store that is not there", ["query", "x", "-i", "handbook", "--store", "none"], "There is no store in none."],
    ["an empty query", ["query", " ", "-i", "handbook"], "the text is empty"],
  ])("exits with 2 and says why: %s", async (_what, args, message) => {
    const { code, stdout, stderr } = await runCli(root, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("query", () => {
  it.each([
    ["how long can I send a router back?", "returns.md#0"],
    ["opening hours in Leipzig", "hours.txt#0"],
    ["how many years of warranty?", "warranty.html#0"],
    ["where is my SIM card", "faq.json:sim#0"],
    ["when does the technician come?", "notes.jsonl:1#0"],
    ["HE-12", "prices.csv:2#0"],
    ["when to descale", "manual.pdf:1#0"],
  ])("finds the answer to %j in %s", async (text, id) => {
    const { code, hits, embedMs, searchMs } = await query(text);
    expect(code).toBe(0);
    expect(hits[0]?.id).toBe(id);
    expect(embedMs + searchMs).toBeGreaterThan(0);
  });

  it("filters by metadata, limits the hits and explains them", async () => {
    const { hits } = await query("price", "--filter", '{"price":{"$gt":20}}', "-k", "1", "--explain");
    expect(hits).toMatchObject([
      { metadata: { part: "HE-12", price: 34.5, type: "csv" }, explain: { alpha: expect.any(Number) } },
    ]);
  });

  it("exits with 1 when nothing is good enough", async () => {
    expect(await query("quantum chromodynamics", "--min-score", "0.99")).toMatchObject({ code: 1, hits: [] });
  });

  it("prints hits with score, source and text, without colours on a pipe", async () => {
    const { stdout, stderr } = await runCli(
      root,
      "query",
      "return a router",
      "-i",
      "handbook",
      "-k",
      "1",
      "--alpha",
      "0",
    );
    expect(stdout).toMatch(/^1\. [01]\.\d{3} {2}returns\.md#0 {2}Returns\n {3}.*within 30 days\./);
    expect(stdout).toMatch(/embed \d+\.\d\d ms, search \d+\.\d\d ms\n$/);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toBe("");
  });

  it("searches several indexes at once", async () => {
    await writeFile(join(root, "other.txt"), "The router DX-5 has four ports.");
    await runCli(root, "ingest", "other.txt", "-i", "devices");
    const { stdout } = await runCli(root, "query", "router", "-i", "handbook", "-i", "devices", "--json");
    const { hits } = JSON.parse(stdout) as { hits: { index: string }[] };
    expect(new Set(hits.map((hit) => hit.index))).toEqual(new Set(["handbook", "devices"]));
  });
});

describe("ingest", () => {
  it("reports as JSON, lists failures and exits with 1 when a file failed", async () => {
    await mkdir(join(root, "mixed"));
    await writeFile(join(root, "mixed/ok.txt"), "fine");
    await writeFile(join(root, "mixed/broken.pdf"), "no pdf");
    const { code, stdout } = await runCli(root, "ingest", "mixed", "-i", "mixed", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      index: "mixed",
      files: { found: 2, added: 1, failed: 1 },
      failures: [{ source: "broken.pdf", error: expect.stringContaining("not a PDF") }],
    });
    const again = await runCli(root, "ingest", "mixed", "-i", "mixed", "--quiet");
    expect(again).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^failed broken\.pdf: not a PDF/),
    });
  });

  it("exits with 1 when a file gives no text or nothing is found, unless that is allowed", async () => {
    await mkdir(join(root, "empty"));
    expect(await runCli(root, "ingest", "empty", "-i", "empty")).toMatchObject({ code: 1 });
    await writeFile(join(root, "empty/blank.txt"), " ");
    await writeFile(join(root, "empty/photo.png"), "");
    const { code, stdout } = await runCli(root, "ingest", "empty", "-i", "empty");
    expect(code).toBe(1);
    expect(stdout).toContain("not loaded, .png: photo.png");
    expect(stdout).toContain("no text in blank.txt");
    expect(await runCli(root, "ingest", "empty", "-i", "empty", "--allow-empty")).toMatchObject({ code: 0 });
  });

  it("reads a file in the encoding that it is given, and says what it left out", async () => {
    await writeFile(
      join(root, "cyrillic.csv"),
      Buffer.from("736b753b6e0d0a312c313b2c0d0a312c323be4e2e5f0fc3b780d0a", "hex"),
    );
    const { stdout } = await runCli(root, "ingest", "cyrillic.csv", "-i", "cyrillic", "--encoding", "windows-1251");
    expect(stdout).toContain("left out of cyrillic.csv, bad row");
  });

  it("prints no escapes of a document's to the terminal", async () => {
    await writeFile(join(root, "escapes.txt"), "\u001b]0;owned\u0007The \u001b[31mred\u001b[0m button.");
    await runCli(root, "ingest", "escapes.txt", "-i", "escapes");
    const { stdout } = await runCli(root, "query", "red button", "-i", "escapes");
    expect(stdout).toContain("button");
    for (const control of ["\u001b", "\u0007"]) expect(stdout).not.toContain(control);
  });

  it("ends a file that breaks a limit and loads the others", async () => {
    await mkdir(join(root, "bombs"));
    await writeFile(join(root, "bombs/wide.csv"), `${Array.from({ length: 20_000 }, (_, n) => `c${n}`).join(",")}\n`);
    await writeFile(join(root, "bombs/ok.txt"), "fine");
    const { code, stdout } = await runCli(root, "ingest", "bombs", "-i", "bombs", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      files: { added: 1, failed: 1 },
      failures: [{ source: "wide.csv", error: expect.stringContaining("limit columns = 10,000") }],
    });
  });

  it("prints what would be indexed, and writes nothing, with --dry-run", async () => {
    const { code, stdout } = await runCli(root, "ingest", "docs/prices.csv", "-i", "dry", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain("prices.csv:2#0  Heating element\n   ");
    expect(stdout).toContain("   part: HE-12\n   name: Heating element\n   price: 34.50\n");
    expect(stdout).toContain("2 documents written");
    expect(await runCli(root, "query", "heating", "-i", "dry")).toMatchObject({ code: 2 });
  });

  it("keeps an index the same as a folder, and follows it with --watch", async () => {
    const folder = join(root, "synced");
    await mkdir(folder);
    await writeFile(join(folder, "a.txt"), "The lift is out of order.");
    const sync = async (...more: string[]) => {
      const { stdout } = await runCli(root, "sync", "synced", "-i", "synced", "--json", ...more);
      return (JSON.parse(stdout) as { files: Record<string, number> }).files;
    };
    expect(await sync()).toMatchObject({ added: 1, pruned: 0 });
    await rm(join(folder, "a.txt"));
    await writeFile(join(folder, "b.txt"), "The pool is heated.");
    expect(await sync()).toMatchObject({ added: 1, pruned: 1 });

    const { child, result } = startCli(root, ["sync", "synced", "-i", "synced", "--watch"]);
    const seen = (text: string) =>
      new Promise<void>((resolve) => {
        const look = (data: Buffer) => {
          if (!data.toString().includes(text)) return;
          child.stdout?.off("data", look);
          resolve();
        };
        child.stdout?.on("data", look);
      });
    await seen("1 unchanged");
    const followed = seen("1 added");
    await writeFile(join(folder, "c.txt"), "Towels are on the bed.");
    await followed;
    child.kill("SIGINT");
    expect((await result).code).toBe(0);
    const { stdout } = await runCli(root, "query", "towels", "-i", "synced", "--json");
    expect(stdout).toContain("c.txt");
  }, 30_000);

  it("keeps projects apart and honours SOTTO_STORE", async () => {
    const env = { SOTTO_STORE: join(root, "elsewhere") };
    await startCli(root, ["ingest", "docs", "-i", "h", "--project", "one"], env).result;
    expect(await startCli(root, ["query", "router", "-i", "h", "--project", "one"], env).result).toMatchObject({
      code: 0,
    });
    expect(await startCli(root, ["query", "router", "-i", "h", "--project", "two"], env).result).toMatchObject({
      code: 2,
    });
  });

  it("makes the vectors by the embedder that is named, and says which when another is", async () => {
    await mkdir(join(root, "node_modules", "@sotto"), { recursive: true });
    await symlink(
      fileURLToPath(new URL("../node_modules/@sotto/embed-multilingual", import.meta.url)),
      join(root, "node_modules", "@sotto", "embed-multilingual"),
    );
    await writeFile(
      join(root, "facts.jsonl"),
      '{"text":"The invoice arrives on the third."}\n{"text":"We sell bread."}\n',
    );
    const named = ["-i", "facts", "--embedder", "multilingual"];
    expect(await runCli(root, "ingest", "facts.jsonl", ...named)).toMatchObject({ code: 0 });
    const { stdout } = await runCli(root, "query", "Wann kommt die Rechnung?", ...named, "--json");
    expect(JSON.parse(stdout).hits[0].text).toContain("invoice");
    expect(await runCli(root, "query", "invoice", "-i", "facts")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Add --embedder multilingual."),
    });
  });

  it("says what to install for an embedder that is not there, and which there are", async () => {
    expect(await runCli(root, "ingest", "docs", "-i", "h", "--embedder", "minilm")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("npm install @sotto/embed-minilm"),
    });
    expect(await runCli(root, "ingest", "docs", "-i", "h", "--embedder", "openai")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("static, minilm, multilingual"),
    });
  });
});
