import { fileURLToPath } from "node:url";
import type { Document } from "@sotto/core";
import { loadPath } from "@sotto/loaders";
import { installedPackages } from "./installed-packages.ts";

const KNOWLEDGE_FOLDER = fileURLToPath(new URL("../knowledge", import.meta.url));

/** Release notes and licences say little about how a package is used. */
const NO_DOCUMENTATION = /(^|\/)(changelog|changes|history|releases?|licen[cs]es?)[^/]*$/i;

/** The knowledge base of a broadband and mobile provider. */
export function loadSupport(): Promise<Document[]> {
  return loadPath(KNOWLEDGE_FOLDER);
}

/** The Markdown of the installed packages; ids are `<package>/<path>`. */
export async function loadPackages(
  limit: number,
  onProgress: (done: number, total: number) => void,
): Promise<Document[]> {
  const packages = installedPackages().slice(0, limit);
  const documents: Document[] = [];
  for (const [position, { name, version, folder }] of packages.entries()) {
    onProgress(position, packages.length);
    const loaded = await loadPath(folder, {
      types: ["markdown"],
      prefix: `${name}/`,
      gitignore: false,
      metadata: { package: name, version },
      // Some packages ship Markdown in odd encodings as test data.
      onFailure() {},
    });
    documents.push(...loaded.filter(({ id }) => !NO_DOCUMENTATION.test(id)));
  }
  onProgress(packages.length, packages.length);
  return documents;
}
