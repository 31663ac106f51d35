import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hasChromium, launchChromium } from "@sotto-internal/browser";
import { miniLM } from "../src/mini-lm.ts";

const root = fileURLToPath(new URL("./browser", import.meta.url));

// A program of its own: Vite's native parts do not run inside a test environment's realm.
const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");

/** Needs Chromium (CHROMIUM_PATH, or /usr/bin/chromium) and the built package: the page bundles what users install. */
const inBrowser = hasChromium ? it : it.skip;

describe("in a browser", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sotto-minilm-browser-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  inBrowser(
    "bundled by Vite and opened in Chromium, gives the vector that Node gives",
    async () => {
      const outDir = join(folder, "site");
      await promisify(execFile)(process.execPath, [vite, "build", root, "--outDir", outDir, "--logLevel", "error"]);
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        const asked: string[] = [];
        await page.route("**/*", (route) => {
          const { host, pathname } = new URL(route.request().url());
          asked.push(host);
          return route.fulfill({ path: join(outDir, pathname === "/" ? "index.html" : pathname) });
        });
        await page.goto("http://localhost/");
        await page.waitForFunction("globalThis.result !== undefined", undefined, { timeout: 60_000 });
        const result = (await page.evaluate("globalThis.result")) as { error?: string; vector: number[] };
        expect(result.error).toBeUndefined();
        expect(new Set(asked)).toEqual(new Set(["localhost"]));

        const embedder = miniLM();
        const [expected] = await embedder.embed(["When do I get my money back?"], { kind: "query" });
        await embedder.dispose();
        const cosine = result.vector.reduce((sum, value, i) => sum + value * (expected?.[i] ?? Number.NaN), 0);
        expect(cosine).toBeCloseTo(1, 4);
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});
