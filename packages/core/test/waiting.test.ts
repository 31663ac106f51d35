import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const program = fileURLToPath(new URL("./waiting-child.ts", import.meta.url));

/** What a program printed that waits for Sotto and for nothing else; rejects when Node ended it in the middle. */
async function said(what: string): Promise<string> {
  const args = ["--conditions=@sotto/source", program, what];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: "" } });
  return stdout.trim();
}

describe("a program with nothing else to do", () => {
  it("gets its answer at the deadline of a recall", async () => {
    expect(await said("deadline")).toBe("late");
  });

  it("waits for a place in the pool, and is told that there is none", async () => {
    expect(await said("place")).toBe("pool.exhausted");
  });

  it("is not kept alive by users that are held open", async () => {
    expect(await said("idle")).toBe("remembered");
  }, 20_000);
});
