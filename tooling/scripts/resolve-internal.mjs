// Preloaded where packages run from their source without a full install: what they bundle into their builds is not
// linked into their node_modules then.
import { registerHooks } from "node:module";

const EMBEDDING = new URL("../embedding/src/index.ts", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === "@sotto-internal/embedding" ? EMBEDDING : specifier, context),
});
