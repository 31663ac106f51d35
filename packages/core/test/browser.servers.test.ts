import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hasChromium, launchChromium } from "@sotto-internal/browser";
import { createSotto } from "../src/create-sotto.ts";
import { memoryStorage } from "../src/storage/memory/memory-storage.ts";
import { answer } from "./browser/corpus.js";

const root = fileURLToPath(new URL("./browser", import.meta.url));

// A program of its own: Vite's native parts do not run inside a test environment's realm.
const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");

/** Needs Chromium (CHROMIUM_PATH, or /usr/bin/chromium) and the built package: the page bundles what users install. */
const inBrowser = hasChromium ? it : it.skip;

describe("in a browser", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sotto-browser-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  inBrowser(
    "bundled by Vite and opened in Chromium, indexes 1,000 documents and gives the hits that Node gives",
    async () => {
      const outDir = join(folder, "site");
      await promisify(execFile)(process.execPath, [vite, "build", root, "--outDir", outDir, "--logLevel", "error"]);
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        await page.route("http://localhost/**", (route) => {
          const { pathname } = new URL(route.request().url());
          return route.fulfill({ path: join(outDir, pathname === "/" ? "index.html" : pathname) });
        });
        await page.goto("http://localhost/");
        await page.waitForFunction("globalThis.result !== undefined", undefined, { timeout: 60_000 });
        const result = (await page.evaluate("globalThis.result")) as {
          error?: string;
          answers: { id: string; score: number }[][];
        };
        expect(result.error).toBeUndefined();

        const sotto = createSotto({ storage: memoryStorage() });
        const inNode = (await answer(sotto)) as { id: string; score: number }[][];
        await sotto.close();
        expect(inNode[0]).toHaveLength(5);
        expect(result.answers.map((hits) => hits.map((hit) => hit.id))).toEqual(
          inNode.map((hits) => hits.map((hit) => hit.id)),
        );
        for (const [i, hits] of inNode.entries()) {
          for (const [j, hit] of hits.entries()) expect(result.answers[i]?.[j]?.score).toBeCloseTo(hit.score, 5);
        }
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});
