import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { defineConfig } from "tsup";

const WASM_FILE = "ort-wasm-simd-threaded.wasm";
const wasm = createRequire(import.meta.url).resolve(`onnxruntime-web/${WASM_FILE}`);

/** ONNX Runtime's WebAssembly with its bytes, as one module: bundlers take it along, whatever becomes of files. */
export default defineConfig({
  entry: { wasm: "src/runtime/wasm.ts" },
  format: ["esm"],
  target: "es2022",
  noExternal: [/.*/],
  clean: false,
  dts: false,
  esbuildPlugins: [
    {
      name: "bytes inside",
      setup({ onLoad }) {
        onLoad({ filter: /[\\/]wasm-binary\.ts$/ }, () => ({
          loader: "ts",
          contents: `
            import { fromBase64, gunzip } from "@sotto-internal/embedding";
            export const wasmBinary = () => gunzip(fromBase64("${gzipSync(readFileSync(wasm), { level: 9 }).toString("base64")}"));
          `,
        }));
        // The file is never asked for, and bundlers that follow its address would not find it.
        onLoad({ filter: /ort\.wasm\.bundle\.min\.mjs$/ }, async ({ path }) => {
          const source = await readFile(path, "utf8");
          const address = `new URL("${WASM_FILE}",import.meta.url)`;
          if (!source.includes(address)) throw new Error(`${path} does not ask for its file as it did`);
          return { loader: "js", contents: source.replaceAll(address, "new URL(import.meta.url)") };
        });
      },
    },
  ],
});
