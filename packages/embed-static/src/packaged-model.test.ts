import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { defaultModel } from "./default-model.ts";
import { canReadPackagedModel, packaged } from "./packaged-model.ts";

const run = promisify(execFile);
const program = `
import { staticEmbedder } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
const embedder = staticEmbedder();
const atOnce = embedder.embedQuerySync !== undefined;
embedder.embed(["refund"], { kind: "document" }).then(([vector]) => {
  console.log(JSON.stringify({ atOnce, first: vector[0], later: embedder.embedQuerySync("refund")[0] }));
});
`;

describe("the packaged model", () => {
  it("is read at once from where it was installed", async () => {
    expect(canReadPackagedModel()).toBe(true);
    const { meta, rowOf, vectors } = await defaultModel();
    expect(meta.id).toBe(packaged.id);
    expect(rowOf.size).toBe(30_000);
    expect(vectors).toHaveLength(30_000 * 256);
  });
});

describe("a bundle, moved away from the package", () => {
  let folder: string;
  let expected: number | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sotto-bundle-"));
    await writeFile(join(folder, "app.ts"), program);
    const { embedText } = await import("./embed-text.ts");
    expected = embedText(await defaultModel(), "refund")?.[0];
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each([
    ["esm", "node", "app.mjs"],
    ["cjs", "node", "app.cjs"],
    ["esm", "neutral", "edge.mjs"],
  ] as const)("carries the model in one file: %s for %s", async (format, platform, name) => {
    const outfile = join(folder, "moved", name);
    const { warnings } = await build({
      entryPoints: [join(folder, "app.ts")],
      bundle: true,
      format,
      platform,
      outfile,
      // In a package these are kept quiet.
      logOverride: { "empty-import-meta": "silent" },
      logLevel: "silent",
    });
    expect(warnings).toEqual([]);
    const { stdout } = await run(process.execPath, [outfile]);
    expect(JSON.parse(stdout)).toEqual({ atOnce: false, first: expected, later: expected });
  });

  it("is not misled by another file that lies where the model would", async () => {
    const outfile = join(folder, "again", "dist", "app.mjs");
    await build({ entryPoints: [join(folder, "app.ts")], bundle: true, format: "esm", platform: "node", outfile });
    await cp(join(folder, "app.ts"), join(folder, "again", "model", `${packaged.id}.js`), { recursive: true });
    expect(await readFile(join(folder, "again", "model", `${packaged.id}.js`), "utf8")).toBe(program);
    const { stdout } = await run(process.execPath, [outfile]);
    expect(JSON.parse(stdout)).toMatchObject({ atOnce: false, first: expected });
  });
});
