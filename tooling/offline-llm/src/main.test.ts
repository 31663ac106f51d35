import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

it("prints where it listens, answers there, and ends on SIGTERM", async () => {
  const child = spawn(process.execPath, [main, "--port", "0", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const { baseURL } = JSON.parse(String(line));
  expect((await fetch(`${baseURL}/models`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("says in its help that it is a stand-in", () => {
  expect(spawnSync(process.execPath, [main, "--help"], { encoding: "utf8" }).stdout).toContain("stand-in");
});

it("refuses a port out of range, with the value", () => {
  const { status, stderr } = spawnSync(process.execPath, [main, "--port", "99999"], { encoding: "utf8" });
  expect([status, stderr]).toEqual([1, 'offline-llm: --port must be an integer from 0 to 65535, not "99999".\n']);
});
