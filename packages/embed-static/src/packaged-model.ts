import { fromBase64 } from "./base64.ts";
import { nodeModule } from "./node-module.ts";
import { loadStaticModel, type StaticModel } from "./static-model.ts";
import { StaticModelError } from "./static-model-error.ts";

// The model is a JavaScript module, because that is what every bundler takes along. Beside a file system and unbundled it
// is read as text instead: at once, in half the time, and without its text staying in memory.

/** What the packaged `meta.json` says, known before it is read; a test compares the two. */
export const packaged = { id: "static-v2", dim: 256, calibration: { low: 0, high: 1 }, defaultAlpha: 0.3 } as const;

const FIRST_LINE = `// @sotto/embed-static ${packaged.id},`;
const PARTS = ["meta", "vocab", "scales", "vectors"] as const;

let readable: boolean | undefined;

/** True where `readPackagedModel` finds the module's file: in Node, unless a bundler moved the code. */
export function canReadPackagedModel(): boolean {
  readable ??= startsAsOurs();
  return readable;
}

/** The packaged model, read as a file. Throws a `StaticModelError`. */
export function readPackagedModel(): StaticModel {
  const file = moduleFile();
  try {
    if (file === undefined) throw new Error("there is no file system");
    const text = file.fs.readFileSync(file.url).toString("latin1");
    const [meta, vocab, scales, vectors] = PARTS.map((part) => fromBase64(literal(text, part)));
    return loadStaticModel({ meta, vocab, scales, vectors } as Parameters<typeof loadStaticModel>[0]);
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** The packaged model, imported. Throws a `StaticModelError`. */
export async function importPackagedModel(): Promise<StaticModel> {
  try {
    const { meta, vocab, scales, vectors } = await import("../model/static-v2.js");
    return loadStaticModel({
      meta: fromBase64(meta),
      vocab: fromBase64(vocab),
      scales: fromBase64(scales),
      vectors: fromBase64(vectors),
    });
  } catch (cause) {
    throw unavailable(cause);
  }
}

function literal(text: string, part: string): string {
  const start = `export const ${part} = "`;
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf('";\n', from);
  if (from < start.length || to < 0) throw new Error(`${part} is missing`);
  return text.slice(from, to);
}

function startsAsOurs(): boolean {
  const file = moduleFile();
  if (file === undefined) return false;
  const { fs, url } = file;
  try {
    const descriptor = fs.openSync(url, "r");
    try {
      const start = Buffer.alloc(FIRST_LINE.length);
      fs.readSync(descriptor, start, 0, start.length, 0);
      return start.toString("latin1") === FIRST_LINE;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

/** By the text of the address, which no bundler follows: `new URL(..., import.meta.url)` would ship the file twice. */
function moduleFile(): { fs: typeof import("node:fs"); url: URL } | undefined {
  const fs = nodeModule("node:fs");
  const here: string | undefined = import.meta.url;
  if (fs === undefined || here?.startsWith("file:") !== true) return undefined;
  return { fs, url: new URL(here.replace(/[^/]+\/[^/]*$/, `model/${packaged.id}.js`)) };
}

function unavailable(cause: unknown): StaticModelError {
  if (StaticModelError.isInstance(cause)) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StaticModelError("model.unavailable", `${packaged.id}.js`, why, {}, { cause });
}
