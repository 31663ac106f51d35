import { tsupOptions } from "@sotto-internal/tsup";
import { defineConfig } from "tsup";

export default defineConfig(
  tsupOptions({
    // A thread's program: beside the module that starts it, whichever chunk that is in.
    entry: { "load-thread": "src/worker/load-thread.ts" },
  }),
);
