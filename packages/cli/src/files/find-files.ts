import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { SourceType } from "../loaders/loader.ts";
import { loaderFor } from "../loaders/registry.ts";
import { textLoader } from "../loaders/text.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import type { SourceFile } from "./source-file.ts";

export interface FindOptions {
  /** Put before every file's name in the index, for example `handbook/`. Default none. */
  prefix?: string;
  /** Only files of these types. Default: all. */
  types?: readonly SourceType[];
  /** Honour `.gitignore` files. Default true. */
  gitignore?: boolean;
}

export interface FoundFiles {
  /** In the order of the paths, each folder in alphabetical order. */
  files: SourceFile[];
  /** Files in folders that no loader reads (pictures, programs). */
  otherTypes: number;
  /** Whether some path was a folder. */
  hasFolder: boolean;
}

/**
 * Finds the files to load. A folder is searched with its subfolders, but for `node_modules`, `.git`, `.sotto` and what
 * its `.gitignore` files name; a path that is given itself is always taken, and read as text when its type is unknown.
 *
 * @throws `ENOENT` for a path that does not exist.
 */
export async function findFiles(paths: readonly string[], options: FindOptions = {}): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], otherTypes: 0, hasFolder: false };
  const seen = new Set<string>();
  const prefix = options.prefix ?? "";
  const add = async (path: string, relative: string, named: boolean): Promise<void> => {
    const loader = loaderFor(path) ?? (named ? textLoader : undefined);
    if (loader === undefined || options.types?.includes(loader.type) === false) {
      found.otherTypes++;
      return;
    }
    const real = await realpath(path);
    if (seen.has(real)) return;
    seen.add(real);
    found.files.push({ path, source: prefix + relative, loader });
  };
  const walk = async (folder: string, relative: string, above: IgnoreRules): Promise<void> => {
    const rules = options.gitignore === false ? above : await above.below(folder, relative);
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const below = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (rules.ignores(below, entry.isDirectory())) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path, below, rules);
      // A link to a folder could lead in a circle; a link to a file is followed, a broken one passed over.
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) await add(path, below, false);
    }
  };
  for (const given of paths) {
    const path = resolve(given);
    if ((await stat(path)).isDirectory()) {
      found.hasFolder = true;
      await walk(path, "", new IgnoreRules());
    } else await add(path, basename(path), true);
  }
  return found;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
