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
        // It has its bytes, and one thread: its own address is of no use to it, and bundlers that follow it find nothing.
        onLoad({ filter: /ort\.wasm\.bundle\.min\.mjs$/ }, async ({ path }) => {
          const source = await readFile(path, "utf8");
          return { loader: "js", contents: source.replaceAll("import.meta.url", '"https://onnxruntime.invalid/"') };
        });
      },
    },
  ],
});
