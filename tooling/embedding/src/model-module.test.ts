import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { modelModule } from "./model-module.ts";

describe("a model's bytes as a module", () => {
  let folder: string;
  const open = (id: string) =>
    modelModule(pathToFileURL(join(folder, "dist", "index.js")).href, "@sotto/tiny", id, ["meta", "rows"]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sotto model 1 "));
    const { writeModelModule } = await import("../write-model-module.mjs");
    const target = (id: string) => join(folder, "model", `${id}.js`);
    writeModelModule(target("tiny-v1"), "@sotto/tiny", "tiny-v1", { meta: Buffer.from("{}"), rows: Buffer.of(1, 255) });
    writeModelModule(target("half-v1"), "@sotto/tiny", "half-v1", { meta: Buffer.from("{}") });
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    await writeFile(target("other"), 'export const meta = "e30=";\n');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it("are read where it lies as a file", async () => {
    const module = open("tiny-v1");
    expect(module.isFile()).toBe(true);
    expect([...module.readSync().rows]).toEqual([1, 255]);
    expect(await module.read()).toEqual(module.readSync());
  });

  it("are exported by it", async () => {
    const { rows } = await import(join(folder, "model", "tiny-v1.js"));
    expect(rows).toBe("Af8=");
  });

  it("are no file where there is none, where it is another one, and where no address is known", () => {
    expect(open("missing").isFile()).toBe(false);
    expect(open("other").isFile()).toBe(false);
    expect(modelModule(undefined, "@sotto/tiny", "tiny-v1", ["meta"]).isFile()).toBe(false);
    expect(modelModule("https://cdn.example.com/dist/index.js", "@sotto/tiny", "tiny-v1", []).isFile()).toBe(false);
  });

  it("are refused where a part is missing", () => {
    expect(() => open("half-v1").readSync()).toThrow("rows is missing");
  });
});
