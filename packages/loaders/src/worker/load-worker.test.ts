import { deflateSync } from "node:zlib";
import { jest } from "@jest/globals";
import { LoadWorker, loadInWorker } from "./load-worker.ts";

/** A PDF of one page that draws what is in a packed stream. */
function pdfOf(filters: string, stream: Uint8Array): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
  ].map((body, n) => Buffer.from(`${n + 1} 0 obj${body}endobj\n`));
  const content = [
    Buffer.from(`4 0 obj<</Filter[${filters}]/Length ${stream.length}>>stream\n`),
    stream,
    Buffer.from("\nendstream endobj\n"),
  ];
  return Buffer.concat([Buffer.from("%PDF-1.4\n"), ...objects, ...content, Buffer.from("trailer<</Root 1 0 R>>\n")]);
}

// A thread that is started from its source compiles it first.
jest.setTimeout(60_000);

let worker: LoadWorker;
beforeEach(() => {
  worker = new LoadWorker({ timeMs: 60_000, memoryMiB: 400 });
});
afterEach(() => worker.close());

const csv = Buffer.from("sku,name\nA-1,Belt\nA-2,Drum,x\n");

it("loads as load does, one file after the other", async () => {
  const results = await Promise.all([
    worker.load(csv, { name: "a.csv" }),
    worker.load(Buffer.from("# Hi\n\nYou."), { name: "b.md" }),
  ]);
  expect(results.map(({ documents }) => documents.map(({ id }) => id))).toEqual([["a.csv:1"], ["b.md"]]);
  expect(results[0]?.report).toMatchObject({ type: "csv", leftOut: [{ place: "row 2", reason: "bad row" }] });
  expect((await loadInWorker(csv, { name: "a.csv" })).documents).toHaveLength(1);
});

it("hands errors of the file on as they are", async () => {
  await expect(worker.load(Buffer.from("{"), { name: "a.json" })).rejects.toMatchObject({ code: "loader.unreadable" });
  await expect(worker.load(csv, { name: "a.csv", strict: true })).rejects.toMatchObject({ code: "loader.strict" });
  await expect(worker.load("/nowhere/a.csv")).rejects.toMatchObject({ code: "ENOENT" });
  expect((await worker.load(csv, { name: "a.csv" })).documents).toHaveLength(1);
});

it("ends a file that takes too much memory, and loads the next one", async () => {
  const spaces = deflateSync(deflateSync(Buffer.alloc(300_000_000, 32)));
  const bomb = pdfOf("/FlateDecode/FlateDecode", spaces);
  expect(bomb.length).toBeLessThan(3_000);
  await expect(worker.load(bomb, { name: "a.pdf" })).rejects.toMatchObject({
    code: "loader.limit",
    details: { limit: "memoryMiB", maximum: 400 },
  });
  expect((await worker.load(csv, { name: "a.csv" })).documents).toHaveLength(1);
});

it("ends a file that takes too long, and loads the next one", async () => {
  const slow = pdfOf("/FlateDecode", deflateSync(Buffer.from(`BT ${"(a) Tj ".repeat(20_000_000)}ET`)));
  await expect(worker.load(slow, { name: "a.pdf", limits: { timeMs: 1, memoryMiB: 4_000 } })).rejects.toMatchObject({
    code: "loader.limit",
    details: { limit: "timeMs", maximum: 1 },
  });
  expect((await worker.load(csv, { name: "a.csv" })).documents).toHaveLength(1);
});

it("stops on a signal, and refuses files once it is closed", async () => {
  const controller = new AbortController();
  const loading = worker.load(csv, { name: "a.csv", signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(loading).rejects.toThrow("enough");
  await worker.close();
  await expect(worker.load(csv)).rejects.toMatchObject({ code: "loader.failed" });
});
