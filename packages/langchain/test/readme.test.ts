import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

async function compile(files: readonly string[]): Promise<string> {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const options =
    "--ignoreConfig --noEmit --strict --skipLibCheck --target es2022 --module nodenext --types node,jest".split(" ");
  return new Promise((resolve) =>
    execFile(process.execPath, [tsc, ...options, ...files], { cwd: root }, (_, stdout) => resolve(stdout)),
  );
}

describe("the README", () => {
  it("has examples that compile against the built package", async () => {
    const readme = await readFile(join(root, "README.md"), "utf8");
    const examples = Array.from(readme.matchAll(/^```ts\n([\s\S]*?)^```/gm), ([, code]) => code as string);
    expect(examples.length).toBeGreaterThan(6);
    // Inside the package, so that its own name resolves to what was built.
    const folder = await mkdtemp(join(root, "test", ".readme-"));
    try {
      const files = examples.map((_, i) => join(folder, `example-${i}.ts`));
      await Promise.all(files.map((file, i) => writeFile(file, `${examples[i]}\nexport {};\n`)));
      expect(await compile(files)).toBe("");
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});
