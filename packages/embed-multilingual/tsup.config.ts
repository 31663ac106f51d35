import { tsupOptions } from "@sotto-internal/tsup";
import { defineConfig } from "tsup";

export default defineConfig(
  tsupOptions({
    // Shipped as it is, beside dist as beside src.
    external: [/^\.\.\/model\/.*\.js$/],
  }),
);
