import { tsupOptions } from "@sotto-internal/tsup";
import { defineConfig } from "tsup";

export default defineConfig(
  tsupOptions({
    // Shipped as it is, beside dist as beside src.
    external: [/^\.\.\/model\//],
    esbuildPlugins: [
      {
        name: "webassembly apart",
        setup({ onResolve }) {
          // Built by tsup.wasm.config.ts: one copy for ESM and CommonJS.
          onResolve({ filter: /^\.\/wasm\.ts$/ }, () => ({ path: "./wasm.js", external: true }));
        },
      },
    ],
  }),
);
