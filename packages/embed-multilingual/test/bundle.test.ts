import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { multilingual } from "../src/multilingual-embedder.ts";

const run = promisify(execFile);
const program = `
import { multilingual } from ${JSON.stringify(join(import.meta.dirname, "../src/index.ts"))};
multilingual().embed(["refund"], { kind: "query" }).then(([vector]) => console.log(JSON.stringify(vector[0])));
`;

describe("a bundle, moved away from the package", () => {
  let folder: string;
  let expected: number | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sotto-bundle-"));
    await writeFile(join(folder, "app.ts"), program);
    expected = (await multilingual().embed(["refund"], { kind: "query" }))[0]?.[0];
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each([
    ["esm", "app.mjs"],
    ["cjs", "app.cjs"],
  ] as const)("carries the model in one file: %s", async (format, name) => {
    const outfile = join(folder, "moved", name);
    const { errors } = await build({
      entryPoints: [join(folder, "app.ts")],
      bundle: true,
      format,
      platform: "node",
      outfile,
      logLevel: "silent",
    });
    expect(errors).toEqual([]);
    const { stdout } = await run(process.execPath, [outfile]);
    expect(JSON.parse(stdout)).toBeCloseTo(expected ?? Number.NaN, 6);
  });
});
