import { access } from "node:fs/promises";
import { join } from "node:path";
import { runNode } from "../test/run-node.ts";
import { temporaryFolders } from "../test/temporary-folder.ts";
import { startTinyHub, type TinyHub } from "../test/tiny-hub.ts";

const newFolder = temporaryFolders();
let hub: TinyHub;

beforeAll(async () => {
  hub = await startTinyHub();
});

afterAll(() => hub.close());

const command = (args: readonly string[], env?: Record<string, string>) =>
  runNode(["src/sotto-embed-download.ts", ...args], process.cwd(), env);

describe("sotto-embed-download", () => {
  it("downloads a model, shows progress on standard error and says where the model is", async () => {
    const cacheDir = await newFolder();
    const { code, stdout, stderr } = await command([
      "--model",
      "acme/tiny",
      "--cache-dir",
      cacheDir,
      "--host",
      hub.host,
    ]);
    expect(stderr).toMatch(/onnx\/model_quantized\.onnx 100% of 0\.0 MB/);
    expect(stdout).toBe(`acme/tiny@main (q8, 8 dimensions) is in ${cacheDir}\n`);
    expect(code).toBe(0);
    await access(join(cacheDir, "acme", "tiny", "onnx", "model_quantized.onnx"));
  });

  it("takes the mirror from HF_ENDPOINT", async () => {
    const cacheDir = await newFolder();
    const { code } = await command(["--model", "acme/tiny", "--dtype", "fp32", "--cache-dir", cacheDir], {
      HF_ENDPOINT: hub.host,
    });
    expect(code).toBe(0);
    await access(join(cacheDir, "acme", "tiny", "onnx", "model.onnx"));
  });

  it("ends with 1 when the hub does not have the model", async () => {
    const { code, stdout, stderr } = await command([
      "--model",
      "acme/unknown",
      "--cache-dir",
      await newFolder(),
      "--host",
      hub.host,
    ]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("The model acme/unknown (q8) is not available: it cannot be downloaded from");
  });

  it("ends with 2 for a wrong or missing option", async () => {
    for (const args of [[], ["--size", "3"], ["--preset", "gpt"]]) {
      const { code, stderr } = await command(args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(stderr).not.toBe("");
    }
  });

  it("shows its help", async () => {
    const { code, stdout } = await command(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: sotto-embed-download --preset NAME");
  });
});
