import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "../src/load.ts";

const STORE = fileURLToPath(new URL("../../../node_modules/.pnpm", import.meta.url));

/** Files as packages ship them, that nobody wrote for this test. */
const FILES = [
  "chardet/README.md",
  "commander/Readme.md",
  "commander/package.json",
  "commander/package-support.json",
  "csv-parse/README.md",
  "express/Readme.md",
  "fflate/README.md",
  "fluent-ffmpeg/doc/FfmpegCommand.html",
  "fluent-ffmpeg/doc/ffprobe.js.html",
  "fluent-ffmpeg/doc/global.html",
  "hono/package.json",
  "htmlparser2/README.md",
  "ignore/README.md",
  "import-in-the-middle/LICENSE-3rdparty.csv",
  "jsonc-parser/README.md",
  "loglevel/demo/index.html",
  "loglevel/README.md",
  "pino/docs/api.md",
  "postal-mime/README.md",
  "protobufjs/README.md",
  "smol-toml/README.md",
  "typescript/ThirdPartyNoticeText.txt",
  "typescript/lib/de/diagnosticMessages.generated.json",
  "unpdf/README.md",
  "yaml/package.json",
  "zod/README.md",
];

/** Where a package lies; undefined when it is not installed here. */
function find(file: string): string | undefined {
  const [name = ""] = file.split("/");
  for (const folder of readdirSync(STORE)) {
    const path = join(STORE, folder, "node_modules", file);
    if (folder.startsWith(`${name}@`) && existsSync(path)) return path;
  }
  return undefined;
}

const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of a file, told by other means than the loaders'. */
function wordsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  if (path.endsWith(".json")) return leaves(JSON.parse(text)).flatMap(words);
  if (!/\.(?:html|md)$/i.test(path)) return words(text);
  const shown = text
    .replace(/<!--[\s\S]*?-->/g, " ")
    .replace(/<(script|style|nav|select)\b[\s\S]*?<\/\1>/gi, " ")
    .replace(/&(?:[a-z]+|#\w+);/gi, " ");
  // In Markdown a tag may be text in code: only what is surely one goes.
  return words(
    shown.replace(
      path.endsWith(".html")
        ? /<[^>]*>/g
        : /<\/?(?:a|p|b|i|br|img|div|h\d|table|t[rdh]|thead|tbody|picture|source|details|summary|sup|sub|code|pre|kbd|em|strong|li|ul|span|sponsors)\b[^>]*>/gi,
      " ",
    ),
  );
}

function leaves(value: unknown): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  return value === null || value === undefined ? [] : [String(value)];
}

const found = FILES.flatMap((file) => find(file) ?? []);

it("has files to try", () => {
  expect(found.length).toBeGreaterThanOrEqual(20);
});

it.each(found.map((path) => [path.slice(path.lastIndexOf("node_modules/") + 13), path]))(
  "finds the words of %s again",
  async (_, path) => {
    const { documents, report } = await load(path);
    const kept = new Map<string, number>();
    for (const { text, title = "", metadata = {} } of documents) {
      for (const word of words([text, title, ...leaves(metadata), ...Object.keys(metadata)].join(" ")))
        kept.set(word, (kept.get(word) ?? 0) + 1);
    }
    const all = wordsOf(path);
    const missing = all.filter((word) => {
      const left = kept.get(word) ?? 0;
      kept.set(word, left - 1);
      return left <= 0;
    });
    expect({ missing: missing.length / all.length < 0.01 ? [] : missing.slice(0, 40) }).toEqual({ missing: [] });
    expect(report.leftOut.filter(({ reason }) => reason === "lost")).toEqual([]);
    expect(report.charsIn).toBe(report.charsKept + report.charsLeftOut);
  },
);
