import { tsupOptions } from "@sotto-internal/tsup";
import { defineConfig } from "tsup";

export default defineConfig(tsupOptions());
