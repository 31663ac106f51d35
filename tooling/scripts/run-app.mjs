// Builds what an app stands on, then runs one of its scripts on this terminal:
//   node tooling/scripts/run-app.mjs quickstart demo --json
// The build talks on stderr, so that stdout is the app's alone.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root, toolEnv } from "./workspace.mjs";

const [app, script, ...args] = process.argv.slice(2);

function run(command, args, cwd, stdio) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio, env: toolEnv() });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

const build = ["run", "build", `--filter=@sotto-apps/${app}^...`, "--output-logs=errors-only"];
const built = await run("turbo", build, root, ["inherit", 2, 2]);
process.exitCode =
  built || (await run(process.execPath, ["--run", script, "--", ...args], join(root, "apps", app), "inherit"));
