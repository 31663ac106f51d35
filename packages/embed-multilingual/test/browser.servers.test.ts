import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hasChromium, launchChromium } from "@sotto-internal/browser";
import { multilingual } from "../src/multilingual-embedder.ts";
import { texts } from "./browser/texts.js";
import { cosine } from "./cosine.ts";
import { modelUrl } from "./packaged-model.ts";

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
    "bundled by Vite and opened in Chromium, gives the vectors that Node gives, with the model bundled or hosted",
    async () => {
      const outDir = join(folder, "site");
      await promisify(execFile)(process.execPath, [vite, "build", root, "--outDir", outDir, "--logLevel", "error"]);
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        await page.route("http://localhost/**", (route) => {
          const { pathname } = new URL(route.request().url());
          if (pathname === "/hosted/model.js") return route.fulfill({ path: fileURLToPath(modelUrl) });
          return route.fulfill({ path: join(outDir, pathname === "/" ? "index.html" : pathname) });
        });
        await page.goto("http://localhost/");
        await page.waitForFunction("globalThis.result !== undefined", undefined, { timeout: 60_000 });
        const result = (await page.evaluate("globalThis.result")) as {
          error?: string;
          bundled: (number[] | null)[];
          hosted: (number[] | null)[];
        };
        expect(result.error).toBeUndefined();

        const inNode = await multilingual().embed([...texts.slice(0, 1), ...texts], { kind: "document" });
        for (const vectors of [result.bundled, result.hosted]) {
          expect(vectors).toHaveLength(inNode.length);
          for (const [i, vector] of inNode.entries()) {
            if (vector === null) expect(vectors[i]).toBeNull();
            else expect(cosine(vectors[i], vector)).toBeGreaterThan(0.999999);
          }
        }
      } finally {
        await browser.close();
      }
    },
    120_000,
  );
});
