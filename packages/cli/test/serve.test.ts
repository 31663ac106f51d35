import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSotto } from "@sotto/core";
import { runCli, startCli } from "./run-cli.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-serve-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const post = (url: string, path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** Starts `sotto serve` on a free port, and waits until it says where. */
async function startServing(env: NodeJS.ProcessEnv = {}) {
  const started = startCli(root, ["serve", "--port", "0"], env);
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    started.child.stdout?.on("data", (data: Buffer) => {
      text += data;
      const found = / at (http\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    started.result.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  return { ...started, url };
}

it("serves an empty folder, and ends at SIGTERM with all on disk", async () => {
  const { child, result, url } = await startServing();
  const turn = { user: "ada", session: "call-1", role: "user", text: "My order number is 4471." };
  const recorded = await post(url, "/v1/turns/record", { turn });
  expect(await recorded.json()).toEqual({ result: expect.any(String) });
  const asked = { query: "what was the order number?", options: { user: "ada", session: "call-2", timeoutMs: 5_000 } };
  const recall = await post(url, "/v1/memory/search", asked);
  expect(JSON.stringify(await recall.json())).toContain("4471");
  child.kill("SIGTERM");
  expect(await result).toMatchObject({ code: 0, stderr: "" });
  const sotto = createSotto({ storage: join(root, ".sotto") });
  const session = await sotto.session({ id: "call-1", user: "ada" });
  expect((await session.turns()).map(({ text }) => text)).toEqual(["My order number is 4471."]);
  await sotto.close();
});

it("takes its keys from the environment", async () => {
  const key = "k".repeat(32);
  const { child, result, url } = await startServing({ SOTTO_SERVER_KEYS: `read:${key}` });
  const list = (headers: Record<string, string>) => post(url, "/v1/indexes/list", {}, headers);
  expect((await list({})).status).toBe(401);
  expect(await (await list({ authorization: `Bearer ${key}` })).json()).toEqual({ result: [] });
  child.kill("SIGINT");
  expect((await result).code).toBe(0);
});

it("does not listen beyond this machine without a key, nor take one that could be guessed, nor show one", async () => {
  const open = await runCli(root, "serve", "--host", "0.0.0.0");
  expect(open).toMatchObject({ code: 2, stderr: expect.stringContaining("Without keys") });
  const short = await runCli(root, "serve", "--key", "read:hunter2");
  expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining("at least 24") });
  const wrong = await runCli(root, "serve", "--key", "king:hunter2");
  expect(wrong.code).toBe(2);
  for (const { stderr } of [short, wrong]) expect(stderr).not.toContain("hunter2");
});
