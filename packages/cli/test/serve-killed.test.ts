import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSotto } from "@sotto/core";
import { startCli } from "./run-cli.ts";

it("loses no turn that was acknowledged when the server is killed", async () => {
  const root = await mkdtemp(join(tmpdir(), "sotto-killed-"));
  const { child, result } = startCli(root, ["serve", "--port", "0"]);
  const url = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (data: Buffer) => resolve(/ at (http\S+)/.exec(String(data))?.[1] ?? "")),
  );
  const acknowledged: string[] = [];
  const caller = async (session: string) => {
    for (let n = 0; ; n++) {
      const turn = { user: session, session, role: "user", text: `Number ${n}.`, itemId: `${session}-${n}` };
      const body = JSON.stringify({ turn });
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${url}/v1/turns/record`, { method: "POST", headers, body }).catch(() => undefined);
      const answer = (await response?.json().catch(() => undefined)) as { result?: string } | undefined;
      if (answer?.result === undefined) return;
      acknowledged.push(answer.result);
      if (acknowledged.length === 60) child.kill("SIGKILL");
    }
  };
  await Promise.all(["a", "b", "c", "d"].map(caller));
  expect(await result).toMatchObject({ signal: "SIGKILL" });
  expect(acknowledged.length).toBeGreaterThanOrEqual(60);

  const sotto = createSotto({ storage: join(root, ".sotto") });
  const kept = new Set<string>();
  for (const id of ["a", "b", "c", "d"]) {
    const session = await sotto.session({ id, user: id });
    for (const turn of await session.turns()) kept.add(turn.id);
    await session.close({ end: false });
  }
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  await sotto.close();
  await rm(root, { recursive: true, force: true });
});
