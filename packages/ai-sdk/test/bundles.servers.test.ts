import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BuildOptions, build } from "esbuild";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));

/** A small app: a store on disk where there is one, a model with memory, and what it was shown. */
const app = (storage: string) => `
import { createSotto, memoryStorage } from "@sotto/core";
import { withSotto } from "@sotto/ai-sdk";
import { generateText } from "ai";
import { MockLanguageModelV4 } from "ai/test";

export async function ask() {
  const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
  const mock = new MockLanguageModelV4({
    doGenerate: async ({ prompt }) => ({
      content: [{ type: "text", text: JSON.stringify(prompt).includes("30 days") ? "30 days" : "unknown" }],
      finishReason: { unified: "stop", raw: "stop" },
      usage,
      warnings: [],
    }),
  });
  const sotto = createSotto({ storage: ${storage} });
  await sotto.createIndex("help", [{ id: "returns", text: "A router can be returned within 30 days of delivery." }]);
  const model = withSotto(mock, sotto, { user: "ana", session: "s" });
  const { text } = await generateText({ model, prompt: "How long can I return a router?" });
  await model.flush();
  await sotto.close();
  return text;
}
`;

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "sotto-bundle-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function bundle(source: string, options: BuildOptions): Promise<void> {
  await build({
    stdin: { contents: source, resolveDir: here, loader: "js" },
    bundle: true,
    logLevel: "silent",
    absWorkingDir: here,
    ...options,
  });
}

describe("a bundle of an app with memory", () => {
  it.each([
    ["esm", "mjs"],
    ["cjs", "cjs"],
  ] as const)(
    "runs in Node as %s, with its store on disk, where nothing is installed",
    async (format, extension) => {
      const outfile = join(folder, `app.${extension}`);
      const source = `${app('"./store"')}\nask().then((text) => console.log(text));\n`;
      // An ES module has no require for what ships as CommonJS only.
      const banner =
        format === "esm"
          ? { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' }
          : {};
      await bundle(source, { format, platform: "node", target: "node22", outfile, banner });
      const { stdout } = await run(process.execPath, [outfile], { cwd: folder });
      expect(stdout.trim().split("\n").at(-1)).toBe("30 days");
      expect(readdirSync(folder)).toContain("store");
    },
    60_000,
  );

  it("runs at the edge, without a module of Node's", async () => {
    const outfile = join(folder, "edge.mjs");
    await bundle(app("memoryStorage()"), {
      format: "esm",
      platform: "browser",
      conditions: ["edge-light", "worker"],
      outfile,
    });
    const program = join(folder, "main.mjs");
    writeFileSync(program, 'import { ask } from "./edge.mjs";\nconsole.log(await ask());\n');
    const { stdout } = await run(process.execPath, [program], { cwd: folder });
    expect(stdout.trim().split("\n").at(-1)).toBe("30 days");
  }, 60_000);
});
