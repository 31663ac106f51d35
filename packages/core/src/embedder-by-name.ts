import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { staticEmbedder } from "@sotto/embed-static";
import type { Embedder } from "./engine/index.ts";
import { EmbedderPackageMissingError, InvalidArgumentError } from "./errors/index.ts";

/** The packages whose embedder goes by a name, the function that makes it, and what its indexes remember. */
const PACKAGES = {
  minilm: { packageName: "@sotto/embed-minilm", factory: "miniLM", id: "all-MiniLM-L6-v2-int8" },
  multilingual: { packageName: "@sotto/embed-multilingual", factory: "multilingual", id: "use-multilingual-v3" },
} as const;

/** The words for `--embedder` and `SOTTO_EMBEDDER`. */
export const EMBEDDER_NAMES = ["static", "minilm", "multilingual"] as const;

export type EmbedderName = (typeof EMBEDDER_NAMES)[number];

/**
 * The embedder of a name, as people write it on a command line or into the environment: `static` (the default embedder,
 * English), `minilm` (`@sotto/embed-minilm`, better English) or `multilingual` (`@sotto/embed-multilingual`, sixteen
 * languages). The package is imported when it is asked for: as the folder `from` sees it (default: the working
 * directory), else as core does.
 *
 * Throws `InvalidArgumentError` for another name, and `EmbedderPackageMissingError` (`embedding.package_missing`), which
 * says how to install it.
 *
 * @example
 * const sotto = createSotto({ embedder: await embedderByName(process.env.SOTTO_EMBEDDER ?? "static") });
 */
export async function embedderByName(name: string, { from = process.cwd() } = {}): Promise<Embedder> {
  if (name === "static") return staticEmbedder();
  if (name !== "minilm" && name !== "multilingual")
    throw new InvalidArgumentError("embedder", `${JSON.stringify(name)} is not one of ${EMBEDDER_NAMES.join(", ")}`);
  const { packageName, factory } = PACKAGES[name];
  const exported = await importPackage(name, packageName, from);
  const create = exported[factory];
  if (typeof create !== "function") throw new EmbedderPackageMissingError(name, packageName, `has no ${factory}`);
  return (create as () => Embedder)();
}

/** The name of the embedder that an index was built by; undefined for one that has none. */
export function embedderNameOf(id: string): EmbedderName | undefined {
  if (id === staticEmbedder().id) return "static";
  return EMBEDDER_NAMES.find((name) => name !== "static" && PACKAGES[name].id === id);
}

async function importPackage(name: string, packageName: string, from: string): Promise<Record<string, unknown>> {
  const places = [
    () => pathToFileURL(createRequire(join(from, "index.js")).resolve(packageName)).href,
    () => packageName,
  ];
  let missing: unknown;
  for (const place of places) {
    try {
      return await importModule(place());
    } catch (error) {
      if (!isMissing(error, packageName)) {
        const reason = `cannot be loaded (${String((Object(error) as { message?: unknown }).message)})`;
        throw new EmbedderPackageMissingError(name, packageName, reason, error);
      }
      missing = error;
    }
  }
  throw new EmbedderPackageMissingError(name, packageName, "is not installed", missing);
}

async function importModule(specifier: string): Promise<Record<string, unknown>> {
  return (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ specifier)) as Record<
    string,
    unknown
  >;
}

function isMissing(error: unknown, packageName: string): boolean {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  return (
    (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") && String(message).includes(`'${packageName}'`)
  );
}
