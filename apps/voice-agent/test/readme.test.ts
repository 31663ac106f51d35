import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { APP_DIR } from "../src/settings.ts";
import { readmeCommands } from "./stack/readme.ts";

const ROOT = join(APP_DIR, "..", "..");
const scriptsOf = (dir: string) =>
  Object.keys((JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { scripts: object }).scripts);

/** What can be said without running them; walkthrough.servers.test.ts runs every one. */
describe("the README's commands", () => {
  const commands = readmeCommands.map((line) => line.replace(/\s+#.*$/, ""));

  it("are there", () => expect(commands).toContain("npm run dev:offline"));

  it("name scripts that exist, here or where they are to be run", () => {
    const inApp = commands.slice(commands.indexOf("cd apps/voice-agent") + 1);
    const atRoot = commands.slice(0, commands.indexOf("cd apps/voice-agent"));
    const scripts = (list: string[]) => list.flatMap((command) => /^npm run (\S+)/.exec(command)?.[1] ?? []);
    expect(scriptsOf(APP_DIR)).toEqual(expect.arrayContaining(scripts(inApp)));
    expect(scriptsOf(ROOT)).toEqual(expect.arrayContaining(scripts(atRoot)));
  });

  it("name files that exist", () => {
    const files = commands.flatMap((command) => /^bash (\S+)/.exec(command)?.[1] ?? []);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const copied = commands.flatMap((command) => /^cp (\S+)/.exec(command)?.[1] ?? []);
    expect(copied.filter((file) => !existsSync(join(APP_DIR, file)))).toEqual([]);
  });
});
