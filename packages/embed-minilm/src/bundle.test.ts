import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const built = join(import.meta.dirname, "..", "dist");
const body = `
  const report = async (runtime) => {
    const embedder = miniLM({ runtime });
    const outcome = await embedder.embed(["refund"], { kind: "query" }).then(
      ([vector]) => vector.length,
      ({ code, message }) => ({ code, message }),
    );
    await embedder.dispose();
    return outcome;
  };
  report("auto").then(async (auto) => console.log(JSON.stringify({ auto, native: await report("native") })));
`;

describe("a bundle of the built package, moved to where no ONNX Runtime is installed", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sotto-minilm-"));
    const source = (file: string) => JSON.stringify(join(built, file));
    await writeFile(join(folder, "esm.mjs"), `import { miniLM } from ${source("index.js")};${body}`);
    await writeFile(join(folder, "cjs.cjs"), `const { miniLM } = require(${source("index.cjs")});${body}`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ["esm", "esm.mjs"],
    ["cjs", "cjs.cjs"],
  ] as const)(
    "carries model and WebAssembly in one file, and says how to have the native one: %s",
    async (format, entry) => {
      const outfile = join(folder, "moved", entry);
      await build({
        entryPoints: [join(folder, entry)],
        bundle: true,
        format,
        platform: "node",
        outfile,
        logLevel: "silent",
      });
      // NODE_PATH, which tools of a workspace set, would find the one that is installed for the tests.
      const env = { ...process.env, NODE_PATH: "" };
      const { stdout } = await run(process.execPath, [outfile], { cwd: folder, env });
      expect(JSON.parse(stdout)).toEqual({
        auto: 384,
        native: {
          code: "embedding.failed",
          message: expect.stringMatching(/onnxruntime-node cannot be loaded .*npm install onnxruntime-node/s),
        },
      });
    },
    60_000,
  );
});
