import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSotto, type Sotto } from "@sotto/core";
import { MOST_DOCUMENT_CHARS } from "@sotto/loaders";
import { type IngestOptions, ingest } from "./ingest.ts";

let root: string;
let sotto: Sotto;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-ingest-"));
  sotto = createSotto({ storage: join(root, ".sotto"), limits: { documentChars: MOST_DOCUMENT_CHARS } });
});
afterEach(async () => {
  await sotto.close();
  await rm(root, { recursive: true, force: true });
});

const folder = () => join(root, "docs");
async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder(), name)), { recursive: true });
    await writeFile(join(folder(), name), text);
  }
}
const run = (options: Partial<IngestOptions> = {}) => ingest(sotto, [folder()], { ...runDefaults(), ...options });
const ids = async () => {
  const documents = await sotto.getDocs("docs", { limit: 1_000 });
  return [...new Set(documents.map(({ id, chunk }) => chunk?.parentId ?? id))].sort();
};

it("writes new files, skips unchanged ones without a new version, and replaces changed ones", async () => {
  await put({ "a.md": "# A\n\nAlpha router", "b.txt": "Bravo modem" });
  expect((await run()).files).toMatchObject({ found: 2, added: 2, unchanged: 0 });
  const { version } = await sotto.getIndex("docs");

  expect((await run()).files).toMatchObject({ found: 2, added: 0, changed: 0, unchanged: 2 });
  expect((await sotto.getIndex("docs")).version).toBe(version);

  await put({ "b.txt": "Charlie dishwasher" });
  expect((await run()).files).toMatchObject({ changed: 1, unchanged: 1 });
  const { hits } = await sotto.query("docs", "charlie dishwasher", { topK: 1 });
  expect(hits[0]).toMatchObject({ text: "Charlie dishwasher", metadata: { source: "b.txt", type: "text" } });
  expect((await sotto.query("docs", "bravo modem", { alpha: 0 })).hits).toEqual([]);
});

it("removes chunks and rows that a changed file no longer has", async () => {
  await put({ "a.md": "# One\n\nfirst\n\n# Two\n\nsecond\n", "rows.csv": "id,text\nr1,red\nr2,green\nr3,blue\n" });
  await run();
  expect((await sotto.getIndex("docs")).chunkCount).toBe(5);
  await put({ "a.md": "# One\n\nfirst\n", "rows.csv": "id,text\nr1,red\nr3,cyan\n" });
  const report = await run();
  expect(report.documents).toEqual({ written: 3, deleted: 1 });
  expect(await ids()).toEqual(["a.md", "rows.csv:r1", "rows.csv:r3"]);
  expect((await sotto.getIndex("docs")).chunkCount).toBe(3);
});

it("takes other metadata, another chunking or another text field for a change", async () => {
  await put({ "rows.csv": "text,more\na b,c d\n" });
  await run();
  expect((await run({ metadata: { lang: "en" } })).files.changed).toBe(1);
  expect((await run({ metadata: { lang: "en" }, textFields: ["more"] })).files.changed).toBe(1);
  expect((await run({ metadata: { lang: "en" }, textFields: ["more"] })).files.unchanged).toBe(1);
  expect((await run({ chunking: { by: "size" } })).files.changed).toBe(1);
});

it("cuts Markdown by its headings and other files by sentences, in one index", async () => {
  const sentences = "The technician comes on Monday. ".repeat(80);
  await put({ "a.md": "# Plans\n\n## Fibre\n\n250 Mbit\n\n## Mobile\n\n20 GB\n", "b.txt": sentences });
  await run();
  const documents = await sotto.getDocs("docs", { limit: 100 });
  expect(documents.filter(({ chunk }) => chunk?.parentId === "a.md").map(({ text }) => text)).toEqual([
    expect.stringContaining("Plans > Fibre"),
    expect.stringContaining("Plans > Mobile"),
  ]);
  const cut = documents.filter(({ chunk }) => chunk?.parentId === "b.txt");
  expect(cut.length).toBeGreaterThan(1);
  for (const { text } of cut) expect(text.trim().endsWith(".")).toBe(true);
});

it("keeps documents whole with chunking none, and asks for --replace when the index cuts", async () => {
  await put({ "a.md": "# A\n\nx\n\n# B\n\ny\n" });
  await run({ chunking: { by: "none" } });
  expect((await sotto.getDocs("docs")).map(({ id }) => id)).toEqual(["a.md"]);
  await run({ replace: true, chunking: { by: "heading" } });
  await expect(run({ chunking: { by: "none" } })).rejects.toThrow('The index "docs" cuts its documents by heading');
});

it("lists a file that cannot be loaded or stored, and writes all the others", async () => {
  await put({ "a.txt": "fine", "bad.json": "{", "long.txt": "x".repeat(200_000), "z.txt": "fine too" });
  await sotto.close();
  sotto = createSotto({ storage: join(root, ".sotto") });
  const report = await run({ chunking: { by: "none" } });
  expect(report.failures).toEqual([
    { source: "bad.json", error: expect.stringContaining("not JSON") },
    { source: "long.txt", error: expect.stringContaining("200000 is over the limit documentChars = 100000") },
  ]);
  expect(await ids()).toEqual(["a.txt", "z.txt"]);
});

it("deletes the documents of files that are gone when asked, but only those", async () => {
  await put({ "a.txt": "alpha", "b.csv": "text\none\ntwo\n", "c.json": '["x"]' });
  await run();
  await sotto.addDocs("docs", [{ id: "by-hand", text: "added by hand" }]);
  await rm(join(folder(), "b.csv"));
  await put({ "c.json": "{" });
  expect((await run()).files.pruned).toBe(0);
  expect(await run({ prune: true })).toMatchObject({ files: { pruned: 1 }, documents: { deleted: 2 } });
  expect(await ids()).toEqual(["a.txt", "by-hand", "c.json:1"]);
});

it("prunes under the prefix alone, and not at all without a folder", async () => {
  await put({ "a.txt": "alpha" });
  await run({ prefix: "one/" });
  await run({ prefix: "two/" });
  await rm(join(folder(), "a.txt"));
  await put({ "b.txt": "bravo" });
  await run({ prefix: "two/", prune: true });
  expect(await ids()).toEqual(["one/a.txt", "two/b.txt"]);
  await expect(ingest(sotto, [join(folder(), "b.txt")], { ...runDefaults(), prune: true })).rejects.toThrow(
    "--prune needs a folder",
  );
});

it("keeps files of one name from several folders, each under its own path", async () => {
  await put({ "x/a.txt": "alpha", "y/a.txt": "bravo" });
  const report = await ingest(sotto, [join(folder(), "x"), join(folder(), "y")], runDefaults());
  expect(report).toMatchObject({ failures: [], files: { added: 2 } });
  expect(await ids()).toEqual(["x/a.txt", "y/a.txt"]);
});

it("reports what was left out of each file, and what was not loaded at all", async () => {
  await put({ "a.csv": "sku,name\nA-1,Belt\nA-2,Drum,x\n", "b.html": "<p>Shown</p><p hidden>Not</p>", "c.png": "" });
  const report = await run();
  expect(report).toMatchObject({
    files: { found: 2, added: 2, skipped: 1 },
    chars: { in: 21, kept: 11 },
    skipped: [{ source: "c.png", why: "type" }],
    leftOut: [
      { source: "a.csv", place: "row 2", reason: "bad row", chars: 7 },
      { source: "b.html", place: "line 1", reason: "hidden", chars: 3 },
    ],
  });
  await put({ "a.csv": "sku,name\nA-3,Drum,x\n" });
  expect((await run({ strict: true })).failures).toEqual([
    { source: "a.csv", error: "row 1: bad row (3 columns instead of 2)" },
  ]);
});

it("goes on with what is missing after it was stopped in the middle of a large file", async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `r${i},row number ${i}`);
  await put({ "rows.csv": `id,text\n${rows.join("\n")}\n` });
  const controller = new AbortController();
  const writes: number[] = [];
  const stopping: Sotto = {
    ...sotto,
    async createIndex(name, documents, options) {
      const result = await sotto.createIndex(name, documents, options);
      writes.push(documents.length);
      if (writes.length === 3) controller.abort();
      return result;
    },
  };
  const stopped = await ingest(stopping, [folder()], {
    ...runDefaults(),
    batchDocuments: 10,
    signal: controller.signal,
  });
  expect(stopped).toMatchObject({ interrupted: true, indexNow: { docCount: 20 } });
  const resumed = await run({ batchDocuments: 10 });
  expect(resumed).toMatchObject({ interrupted: false, documents: { written: 30 }, indexNow: { docCount: 50 } });
});

it("counts files without text and writes nothing for them", async () => {
  await put({ "empty.txt": " \n", "a.txt": "alpha" });
  expect(await run()).toMatchObject({ files: { found: 2, added: 1, empty: 1 }, empty: ["empty.txt"] });
});

function runDefaults(): IngestOptions {
  return {
    index: "docs",
    chunking: {},
    replace: false,
    prune: false,
    batchDocuments: 100,
    onProgress() {},
    signal: new AbortController().signal,
  };
}
