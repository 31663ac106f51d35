import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Snippet, snippetsOf } from "../src/snippets.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** Each README with the folder whose dependencies its snippets see: its own package, or this one for the repository's. */
const readmes = [
  { file: join(root, "README.md"), home: join(root, "tooling/readmes") },
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => ({ file: join(root, "docs", name), home: join(root, "tooling/readmes") })),
  ...readdirSync(join(root, "packages")).map((name) => ({
    file: join(root, "packages", name, "README.md"),
    home: join(root, "packages", name),
  })),
].filter(({ file }) => existsSync(file));

describe.each(readmes.map(({ file, home }) => [relative(root, file), file, home]))("%s", (_name, file, home) => {
  const snippets = snippetsOf(readFileSync(file, "utf8"));
  const folder = join(home, ".test-results", "readme", relative(root, file).replaceAll("/", "-"));
  const pathOf = (snippet: Snippet) => join(folder, `line-${snippet.line}.ts`);

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const snippet of snippets) writeFileSync(pathOf(snippet), `${snippet.code}\nexport {};\n`);
    const base = relative(folder, join(root, "tsconfig.base.json"));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: base, compilerOptions: { types: ["node"] }, include: ["*.ts"] }),
    );
  });

  if (snippets.length === 0) {
    it("has no TypeScript to check", () => expect(snippets).toEqual([]));
    return;
  }

  it("has TypeScript that compiles", async () => {
    const compiler = run(process.execPath, [tsc, "-p", folder], { cwd: folder });
    const { stdout } = await compiler.catch((error: { stdout: string }) => error);
    expect(stdout).toBe("");
  }, 120_000);

  const running = snippets.filter(({ runs }) => runs);
  if (running.length > 0) {
    it.each(running.map((snippet) => [snippet.line, snippet] as const))(
      "runs the example on line %p",
      async (_line, snippet) => {
        const cwd = mkdtempSync(join(tmpdir(), "sotto-readme-"));
        try {
          const { stdout } = await run(process.execPath, [pathOf(snippet)], { cwd, timeout: 60_000 });
          const lines = stdout.split("\n");
          for (const promised of printed(snippet.code)) expect(lines).toContain(promised);
        } finally {
          rmSync(cwd, { recursive: true, force: true });
        }
      },
      120_000,
    );
  }
});

/** What a README says that an example prints: the comments behind its `console.log`. */
function printed(code: string): string[] {
  return Array.from(code.matchAll(/^console\.log\(.*\); \/\/ (.+)$/gmu), ([, line]) => line ?? "");
}

it("finds blocks, joins those that continue, and knows those that only compile", () => {
  const markdown =
    "```ts\na;\n```\ntext\n<!-- continues -->\n```ts\nb;\n```\n<!-- compile only: needs a key -->\n```ts\nc;\n```\n```sh\nd\n```\n";
  expect(snippetsOf(markdown)).toEqual([
    { line: 2, code: "a;\nb;", runs: true },
    { line: 11, code: "c;", runs: false },
  ]);
  expect(dirname(tsc)).toMatch(/typescript/);
});
