import { fileURLToPath } from "node:url";
import { build } from "esbuild";

it("bundles for a browser without a module of Node's, and without the weights of an embedder", async () => {
  const bundle = await build({
    stdin: {
      contents: `import { connectSotto } from "@sotto/client"; globalThis.sotto = connectSotto({ url: "/api" });`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    format: "esm",
    platform: "browser",
    metafile: true,
    minify: true,
    write: false,
    logLevel: "silent",
  });
  const inputs = Object.keys(bundle.metafile.inputs).join("\n");
  expect(inputs).not.toMatch(/node:/);
  const bytes = bundle.outputFiles[0]?.contents.byteLength ?? 0;
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThan(100_000);
});
