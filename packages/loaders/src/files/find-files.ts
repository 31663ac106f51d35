import { readdir, realpath, stat } from "node:fs/promises";
import { basename, extname, join, relative as relativePath, resolve, sep } from "node:path";
import { loaderFor } from "../formats/registry.ts";
import type { SourceType } from "../source-type.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import type { SourceFile } from "./source-file.ts";

export interface FindOptions {
  /** Put before every file's name in the index, for example `handbook/`. Default none. */
  prefix?: string;
  /** Only files of these types. Default: all. */
  types?: readonly SourceType[];
  /** Honour `.gitignore` files. Default true. */
  gitignore?: boolean;
  /** Follow symbolic links that lead out of the folder that was given. Default false. */
  followLinks?: boolean;
}

/** A file in a folder that is not loaded. */
export interface SkippedFile {
  source: string;
  /** `type`: no loader reads it, or it was not asked for. `link`: it leads out of the folder. */
  why: "type" | "link";
}

export interface FoundFiles {
  /** In the order of the paths, each folder in alphabetical order. */
  files: SourceFile[];
  /** Files in folders that are not loaded: pictures, programs, links that lead elsewhere. */
  skipped: SkippedFile[];
  /** Whether some path was a folder. */
  hasFolder: boolean;
}

/**
 * Finds the files to load. A folder is searched with its subfolders, but for `node_modules`, `.git`, `.sotto` and what
 * its `.gitignore` files name. A path that is given itself is always taken; what it is, `load` finds out. Links are
 * followed within the folder that was given only, unless `followLinks` is set; links to folders never. Files of one name
 * from several paths are told apart by as much of their paths as it takes.
 *
 * @throws `ENOENT` for a path that does not exist.
 */
export async function findFiles(paths: readonly string[], options: FindOptions = {}): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], skipped: [], hasFolder: false };
  const seen = new Set<string>();
  const prefix = options.prefix ?? "";
  const add = async (path: string, relative: string, root: string | undefined, isLink: boolean): Promise<void> => {
    const loader = loaderFor(path);
    if (root !== undefined && (loader === undefined || options.types?.includes(loader.type) === false)) {
      found.skipped.push({ source: prefix + relative, why: "type" });
      return;
    }
    const real = await realpath(path);
    if (isLink && root !== undefined && options.followLinks !== true && !isWithin(root, real)) {
      found.skipped.push({ source: prefix + relative, why: "link" });
      return;
    }
    if (seen.has(real)) return;
    seen.add(real);
    found.files.push({ path, source: prefix + relative, bytes: (await stat(path)).size });
  };
  const walk = async (folder: string, relative: string, above: IgnoreRules, root: string): Promise<void> => {
    const rules = options.gitignore === false ? above : await above.below(folder, relative);
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const below = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (rules.ignores(below, entry.isDirectory())) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path, below, rules, root);
      // A link to a folder could lead in a circle; a broken one is passed over.
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) {
        await add(path, below, root, entry.isSymbolicLink());
      }
    }
  };
  for (const given of paths) {
    const path = resolve(given);
    if ((await stat(path)).isDirectory()) {
      found.hasFolder = true;
      await walk(path, "", new IgnoreRules(), await realpath(path));
    } else await add(path, basename(path), undefined, false);
  }
  tellApart(found.files, prefix);
  return found;
}

/** Extensions of files, for a summary: `.png`, or the name of one without. */
export function kindOf(source: string): string {
  return extname(source).toLowerCase() || basename(source);
}

/** Files of one name get folders of their paths before it, as many as make them differ. */
function tellApart(files: SourceFile[], prefix: string): void {
  const byName = Map.groupBy(files, (file) => file.source);
  const taken = new Set(byName.keys());
  for (const [, same] of byName) {
    if (same.length < 2) continue;
    for (const [n, file] of same.entries()) {
      const folders = file.path.split(sep).slice(0, -file.source.slice(prefix.length).split("/").length);
      let name = file.source.slice(prefix.length);
      // The first one keeps its name only if nothing tells it apart.
      while (folders.length > 0 && (taken.has(prefix + name) || isAmbiguous(prefix + name, same, n, prefix))) {
        const folder = folders.pop();
        if (folder !== undefined && folder !== "") name = `${folder}/${name}`;
      }
      taken.add(prefix + name);
      file.source = prefix + name;
    }
  }
}

/** Whether another file of the group ends in the same path. */
function isAmbiguous(name: string, group: readonly SourceFile[], own: number, prefix: string): boolean {
  const end = sep + name.slice(prefix.length).split("/").join(sep);
  return group.some((file, n) => n !== own && file.path.endsWith(end));
}

function isWithin(root: string, real: string): boolean {
  const path = relativePath(root, real);
  return path !== ".." && !path.startsWith(`..${sep}`) && resolve(root, path) === real;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
