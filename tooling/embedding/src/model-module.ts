import { fromBase64 } from "./base64.ts";
import { nodeModule } from "./node-module.ts";

/**
 * A model's bytes as a JavaScript module, `model/<id>.js` beside `src` and `dist`: bundlers take a module along wherever
 * the code goes, and a file beside the code they do not. Where it lies unbundled it is better read as text: at once, in half
 * the time, and without the text staying in memory.
 */
export interface ModelModule<Part extends string> {
  /** Where the module should lie as a file. */
  readonly url: URL | undefined;
  /** True where the module lies as a file: in Node, unless a bundler moved the code. */
  readonly isFile: () => boolean;
  /** The parts of the file. Throws an `Error` that says what is wrong. */
  readSync(): Record<Part, Uint8Array>;
  /** The same without holding the event loop while the disk answers. */
  read(): Promise<Record<Part, Uint8Array>>;
}

/** `here` is the caller's `import.meta.url`, which bundlers may have left out. */
export function modelModule<Part extends string>(
  here: string | undefined,
  packageName: string,
  id: string,
  parts: readonly Part[],
): ModelModule<Part> {
  const fs = nodeModule("node:fs");
  // By the text of the address: bundlers follow `new URL(..., import.meta.url)`, and would ship the file twice.
  const url = here?.startsWith("file:") === true ? new URL(here.replace(/[^/]+\/[^/]*$/, `model/${id}.js`)) : undefined;
  let isFile: boolean | undefined;

  const decode = (text: string) =>
    Object.fromEntries(parts.map((part) => [part, fromBase64(literal(text, part))])) as Record<Part, Uint8Array>;

  return {
    url,
    isFile() {
      isFile ??= fs !== undefined && url !== undefined && startsWith(fs, url, firstLine(packageName, id));
      return isFile;
    },
    readSync() {
      if (fs === undefined || url === undefined) throw new Error("there is no file system");
      return decode(fs.readFileSync(url, "latin1"));
    },
    async read() {
      if (fs === undefined || url === undefined) throw new Error("there is no file system");
      return decode(await fs.promises.readFile(url, "latin1"));
    },
  };
}

/** How the module begins: another file of that name is not taken for it. */
function firstLine(packageName: string, id: string): string {
  return `// ${packageName} ${id},`;
}

function startsWith(fs: typeof import("node:fs"), url: URL, text: string): boolean {
  try {
    const descriptor = fs.openSync(url, "r");
    try {
      const start = Buffer.alloc(text.length);
      fs.readSync(descriptor, start, 0, start.length, 0);
      return start.toString("latin1") === text;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

function literal(text: string, part: string): string {
  const start = `export const ${part} = "`;
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf('";\n', from);
  if (from < start.length || to < 0) throw new Error(`${part} is missing`);
  return text.slice(from, to);
}
