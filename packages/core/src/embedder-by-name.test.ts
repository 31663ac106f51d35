import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { staticEmbedder } from "@sotto/embed-static";
import { embedderByName, embedderNameOf } from "./embedder-by-name.ts";

describe("embedderByName", () => {
  let project: string;
  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), "sotto-embedder-"));
  });
  afterEach(() => rm(project, { recursive: true, force: true }));

  /** Installs a package of this name, with this code, into the project. */
  async function install(name: string, code: string): Promise<void> {
    const folder = join(project, "node_modules", name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), JSON.stringify({ name, main: "index.cjs" }));
    await writeFile(join(folder, "index.cjs"), code);
  }

  it("makes the default embedder", async () => {
    expect((await embedderByName("static")).id).toBe(staticEmbedder().id);
  });

  /** In a process of its own: a test runner resolves packages in its own way. */
  async function inProject(name: string): Promise<Record<string, unknown>> {
    const program = `
      import { embedderByName } from ${JSON.stringify(join(import.meta.dirname, "embedder-by-name.ts"))};
      const made = await embedderByName(${JSON.stringify(name)}).catch(({ code, message }) => ({ code, message }));
      console.log(JSON.stringify(made));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: project,
      // pnpm's commands set a path where every package of the workspace is found.
      env: { ...process.env, NODE_PATH: "" },
    });
    return JSON.parse(stdout);
  }

  it("makes the embedder of a package that the project has installed", async () => {
    await install("@sotto/embed-multilingual", `exports.multilingual = () => ({ id: "from the project" });`);
    await install("@sotto/embed-minilm", `exports.miniLM = () => ({ id: "small" });`);
    expect(await inProject("multilingual")).toEqual({ id: "from the project" });
    expect(await inProject("minilm")).toEqual({ id: "small" });
  });

  it("says how to install a package that is missing", async () => {
    expect(await inProject("multilingual")).toEqual({
      code: "embedding.package_missing",
      message:
        'The embedder "multilingual" is in @sotto/embed-multilingual, which is not installed. Install it with: npm install @sotto/embed-multilingual',
    });
  });

  it("tells a package that cannot be loaded from one that is missing", async () => {
    await install("@sotto/embed-minilm", `require("./weights.cjs");`);
    const { code, message } = await inProject("minilm");
    expect(code).toBe("embedding.package_missing");
    expect(message).toMatch(/@sotto\/embed-minilm, which cannot be loaded \(.*weights\.cjs/s);
  });

  it("refuses a name that it does not know, with those that it does", async () => {
    await expect(embedderByName("openai")).rejects.toThrow(
      'embedder is not valid: "openai" is not one of static, minilm, multilingual.',
    );
  });
});

describe("embedderNameOf", () => {
  it("names the embedder that an index was built by", () => {
    expect(embedderNameOf(staticEmbedder().id)).toBe("static");
    expect(embedderNameOf("use-multilingual-v3")).toBe("multilingual");
    expect(embedderNameOf("my own")).toBeUndefined();
  });
});
