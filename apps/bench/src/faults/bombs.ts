import { deflateSync } from "node:zlib";
import { LoadError, LoadWorker } from "@sotto/loaders";
import type { FaultRow } from "./fault-row.ts";

const LIMITS = { timeMs: 5_000, memoryMiB: 512 };
/** A thread that is over its limit is ended, and the next one started. */
const GRACE_MS = 2_000;

const names = (count: number, write: (n: number) => string, between: string) =>
  Array.from({ length: count }, (_, n) => write(n)).join(between);

/** Small files that a careless loader works on for minutes, or for ever. */
function bombs(): [name: string, content: string | Uint8Array][] {
  return [
    ["cell.html", "<table><tr><td colspan=1000000>x</td></tr></table>"],
    ["span.html", `<table><tr>${"<td colspan=1000 rowspan=1000>x</td>".repeat(300)}</tr></table>`],
    ["heading.md", `# x${" ".repeat(2_000)}y`],
    ["heading-8k.md", `# x${" ".repeat(8_000)}y`],
    ["tags.md", `# ${"<".repeat(200_000)}`],
    ["images.md", "![".repeat(100_000)],
    ["matter.md", `---\n${names(20_000, (n) => `key${n}: v`, "\n")}\n---\ntext`],
    ["header.csv", `${names(80_000, (n) => `c${n}`, ",")}\n1,2\n`],
    ["keys.json", `{${names(300_000, (n) => `"k${n}":"v"`, ",")}}`],
    ["nested.pdf", pdf(deflateSync(deflateSync(Buffer.alloc(200_000_000, 0x20))), "[/FlateDecode /FlateDecode]")],
    ["spaces.pdf", pdf(deflateSync(Buffer.alloc(300_000_000, 0x20)), "/FlateDecode")],
  ];
}

/** A page whose content is `stream`. */
function pdf(stream: Uint8Array, filter: string): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
  ];
  const head = objects.map((object, n) => `${n + 1} 0 obj${object}endobj\n`).join("");
  const begin = `%PDF-1.4\n${head}4 0 obj<</Length ${stream.length}/Filter${filter}>>stream\n`;
  return Buffer.concat([Buffer.from(begin), stream, Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>\n")]);
}

/** Each is loaded, or refused with the limit that it breaks, in its time; and the thread that serves others never waits. */
export async function fileBombs(): Promise<FaultRow> {
  const worker = new LoadWorker(LIMITS);
  let [failures, slowest, refused] = [0, 0, 0];
  const files = bombs();
  for (const [name, content] of files) {
    const started = performance.now();
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const result = await worker.load(bytes, { name }).catch((error: unknown) => error);
    const took = performance.now() - started;
    slowest = Math.max(slowest, took);
    if (LoadError.isInstance(result)) refused++;
    if ((result instanceof Error && !LoadError.isInstance(result)) || took > LIMITS.timeMs + GRACE_MS) failures++;
  }
  await worker.close();
  const largest = Math.max(...files.map(([, content]) => content.length));
  return {
    attack: "files that expand or run on without end",
    tries: files.length,
    failures,
    note: `${refused} refused, slowest ${Math.round(slowest)} ms, largest file ${Math.round(largest / 1_000)} kB`,
  };
}
