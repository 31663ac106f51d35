import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";

const ALWAYS = new Set(["node_modules", ".git", ".sotto", ".DS_Store"]);

/** The rules of the `.gitignore` files from the folder that was given down to one of its folders. */
export class IgnoreRules {
  readonly #rules: readonly { base: string; matcher: Ignore }[];

  constructor(rules: readonly { base: string; matcher: Ignore }[] = []) {
    this.#rules = rules;
  }

  /** With the rules of `folder`'s own `.gitignore`; `relative` is its path below the folder that was given. */
  async below(folder: string, relative: string): Promise<IgnoreRules> {
    const text = await readFile(join(folder, ".gitignore"), "utf8").catch(() => undefined);
    if (text === undefined) return this;
    const base = relative === "" ? "" : `${relative}/`;
    return new IgnoreRules([...this.#rules, { base, matcher: ignore().add(text) }]);
  }

  /** `relative` is below the folder that was given. A deeper file's rules win, as in git. */
  ignores(relative: string, isFolder: boolean): boolean {
    if (ALWAYS.has(relative.slice(relative.lastIndexOf("/") + 1))) return true;
    let ignored = false;
    for (const { base, matcher } of this.#rules) {
      const verdict = matcher.test(relative.slice(base.length) + (isFolder ? "/" : ""));
      if (verdict.ignored) ignored = true;
      else if (verdict.unignored) ignored = false;
    }
    return ignored;
  }
}
