import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface InstalledPackage {
  name: string;
  version: string;
  folder: string;
}

/** Where pnpm keeps every installed package: `<name>@<version>…/node_modules/<name>`. */
const PNPM_FOLDER = fileURLToPath(new URL("../../../node_modules/.pnpm", import.meta.url));

/** Every package in the workspace's node_modules, once each in its newest version, by name. */
export function installedPackages(): InstalledPackage[] {
  const newest = new Map<string, InstalledPackage>();
  for (const entry of readdirSync(PNPM_FOLDER)) {
    for (const found of packagesIn(join(PNPM_FOLDER, entry, "node_modules"))) {
      const known = newest.get(found.name);
      if (known === undefined || found.version.localeCompare(known.version, "en", { numeric: true }) > 0) {
        newest.set(found.name, found);
      }
    }
  }
  return [...newest.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The packages that lie in a folder themselves; links lead to the folders of others. */
function packagesIn(folder: string, scope = ""): InstalledPackage[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): InstalledPackage[] => {
    if (!entry.isDirectory() || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.name.startsWith("@")) return packagesIn(path, `${entry.name}/`);
    const manifest = join(path, "package.json");
    if (!existsSync(manifest)) return [];
    const { version = "" } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: string };
    return [{ name: scope + entry.name, version, folder: path }];
  });
}
