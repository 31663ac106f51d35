import { cp, mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runNode } from "../test/run-node.ts";
import { temporaryFolders } from "../test/temporary-folder.ts";

const newFolder = temporaryFolders();
const program = `
  import { transformersEmbedder } from "./src/index.ts";
  const embedder = transformersEmbedder({ preset: "all-MiniLM-L6-v2" });
  const error = await embedder.prewarm().catch((error) => error);
  console.log(JSON.stringify({ code: error.code, message: error.message }));
`;

/** This package's source in a project that has what it is built from, and nothing else. */
async function projectWithoutTransformers(): Promise<string> {
  const folder = await newFolder();
  await cp("src", join(folder, "src"), { recursive: true });
  for (const [owner, name] of [
    ["@sotto", "core"],
    ["@sotto-internal", "embedding"],
  ] as const) {
    await mkdir(join(folder, "node_modules", owner), { recursive: true });
    await symlink(await realpath(`node_modules/${owner}/${name}`), join(folder, "node_modules", owner, name));
  }
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "program.ts"), program);
  return folder;
}

describe("without @huggingface/transformers", () => {
  it("the package can be imported, and the first use says how to install what is missing", async () => {
    const { stdout, stderr } = await runNode(["program.ts"], await projectWithoutTransformers());
    expect(stderr).not.toContain("Error");
    expect(JSON.parse(stdout)).toEqual({
      code: "embedding.package_missing",
      message:
        "@huggingface/transformers is not installed. Install it with: npm install @huggingface/transformers " +
        "(where the network is closed to install scripts: ONNXRUNTIME_NODE_INSTALL=skip npm install @huggingface/transformers).",
    });
  });

  it("a copy of it that cannot be loaded is told apart, with its own message", async () => {
    const folder = await projectWithoutTransformers();
    const broken = join(folder, "node_modules", "@huggingface", "transformers");
    await mkdir(broken, { recursive: true });
    await writeFile(join(broken, "package.json"), '{ "name": "@huggingface/transformers", "main": "index.cjs" }');
    await writeFile(join(broken, "index.cjs"), 'require("./onnxruntime_binding.node");');
    const { stdout } = await runNode(["program.ts"], folder);
    const { code, message } = JSON.parse(stdout);
    expect(code).toBe("embedding.package_missing");
    expect(message).toMatch(/cannot be loaded \(.*onnxruntime_binding\.node/s);
  });
});
