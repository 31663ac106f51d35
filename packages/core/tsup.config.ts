import { tsupOptions } from "@sotto-internal/tsup";
import { defineConfig } from "tsup";

export default defineConfig(
  tsupOptions({
    entry: {
      "default-storage-node": "src/storage/default/node.ts",
      "default-storage-browser": "src/storage/default/browser.ts",
      // A thread's program: beside the modules that start it, whichever chunk those are in.
      "sqlite-worker": "src/storage/node/sqlite-worker.ts",
    },
    // Chosen where the package is used, by "imports" in package.json.
    external: ["#default-storage"],
  }),
);
