import { tsupOptions } from "@sotto-internal/tsup";
import { buildSync } from "esbuild";
import { defineConfig } from "tsup";

/**
 * A thread's program, as text within the module that starts it: no bundler leaves it behind, and none has to be told of
 * it.
 */
const [program] = buildSync({
  entryPoints: ["src/storage/node/sqlite-worker.ts"],
  bundle: true,
  minify: true,
  write: false,
  platform: "node",
  format: "cjs",
  target: "node22",
}).outputFiles;

export default defineConfig(
  tsupOptions({
    entry: {
      "default-storage-node": "src/storage/default/node.ts",
      "default-storage-browser": "src/storage/default/browser.ts",
    },
    define: { SQLITE_WORKER_PROGRAM: JSON.stringify(program?.text ?? "") },
    // Chosen where the package is used, by "imports" in package.json.
    external: ["#default-storage"],
  }),
);
