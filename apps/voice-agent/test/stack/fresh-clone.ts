import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { APP_DIR, environmentSchema } from "../../src/settings.ts";

export const ROOT = join(APP_DIR, "..", "..");

/** Where the packages say that the repository is. */
const REPOSITORY = (
  JSON.parse(readFileSync(join(ROOT, "packages", "livekit", "package.json"), "utf8")) as { repository: { url: string } }
).repository.url.replace(/^git\+/, "");

const ADDED = /^(npm_(package|lifecycle|config_local|execpath|node_execpath|command)|TURBO|JEST|GIT_|SOTTO_|LIVEKIT_)/;

/**
 * The environment of a terminal that somebody has just opened: without what npm, turbo and jest add to it and without the
 * app's settings. In it `git` finds this checkout, whoever owns it, where the repository is said to be; `folder` gets the
 * file that tells it so.
 */
export function freshEnvironment(folder: string): NodeJS.ProcessEnv {
  const { PATH = "", ...all } = process.env;
  const settings = Object.keys(environmentSchema.shape);
  const kept = Object.entries(all).filter(
    ([name]) => !ADDED.test(name) && !settings.includes(name) && !["INIT_CWD", "NODE", "NODE_ENV"].includes(name),
  );
  const gitConfig = join(folder, "gitconfig");
  writeFileSync(
    gitConfig,
    `[include]\n\tpath = ~/.gitconfig\n[safe]\n\tdirectory = *\n[url "${ROOT}"]\n\tinsteadOf = ${REPOSITORY}\n`,
  );
  return {
    ...Object.fromEntries(kept),
    PATH: PATH.split(delimiter)
      .filter((dir) => !dir.includes(`${sep}node_modules${sep}`) && !dir.includes("node-gyp-bin"))
      .join(delimiter),
    GIT_CONFIG_GLOBAL: gitConfig,
  };
}

/** Brings what is changed in this checkout, and not committed, into a clone of it. */
export function bringChanges(clone: string, env: NodeJS.ProcessEnv): void {
  const status = execFileSync("git", ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"], {
    cwd: ROOT,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  for (const entry of status.split("\0")) {
    const file = entry.slice(3);
    if (file === "") continue;
    rmSync(join(clone, file), { force: true });
    if (!existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(ROOT, file), join(clone, file));
  }
}
