import { createServer, type Server } from "node:net";
import { RuntimePool } from "./runtime-pool.ts";
import type { SpawnRuntime } from "./spawn-runtime.ts";

const stopped: number[] = [];
const servers: Server[] = [];

/** Real listeners on loopback, in this process. */
const spawnRuntime: SpawnRuntime = async ({ port }) => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  servers.push(server);
  const exited = new Promise<void>((resolve) => server.once("close", () => resolve()));
  return {
    url: `http://127.0.0.1:${port}`,
    exited,
    stop: () =>
      new Promise<void>((resolve) => {
        stopped.push(port);
        server.close(() => resolve());
      }),
  };
};

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  stopped.length = 0;
});

const range = [47_810, 47_812] as const;

describe("the pool of runtimes", () => {
  it("runs one a user, on ports of its range that nobody has", async () => {
    const taken = await spawnRuntime({ project: "p", agent: undefined, user: "other", port: range[0] });
    const pool = new RuntimePool({ spawnRuntime, project: "p", runtimePortRange: range });
    const [ann, again, bob] = await Promise.all([pool.acquire("ann"), pool.acquire("ann"), pool.acquire("bob")]);
    expect(again.runtime).toBe(ann.runtime);
    expect([ann, bob].map(({ runtime }) => runtime.url).sort()).toEqual([
      `http://127.0.0.1:${range[0] + 1}`,
      `http://127.0.0.1:${range[0] + 2}`,
    ]);
    await expect(pool.acquire("cho")).rejects.toMatchObject({
      code: "pool.port_exhausted",
      message: expect.stringContaining("[47810, 47812]"),
    });
    await taken.stop();
    expect((await pool.acquire("cho")).runtime.url).toBe(`http://127.0.0.1:${range[0]}`);
    await pool.close();
    expect(stopped).toHaveLength(4);
    await expect(pool.acquire("ann")).rejects.toMatchObject({ code: "pool.closed" });
  });

  it("stops the least recently used for another, and uses its port again", async () => {
    const pool = new RuntimePool({
      spawnRuntime,
      project: "p",
      runtimePortRange: [range[0], range[0]],
      maxConcurrentUsers: 1,
      waitMs: 1,
    });
    const ann = await pool.acquire("ann");
    await expect(pool.acquire("bob")).rejects.toMatchObject({ code: "pool.exhausted" });
    ann.release();
    expect((await pool.acquire("bob")).runtime.url).toBe(ann.runtime.url);
    expect(stopped).toEqual([range[0]]);
    await pool.close();
  });

  it("starts one anew that ended by itself", async () => {
    const pool = new RuntimePool({ spawnRuntime, project: "p", runtimePortRange: range });
    const ann = await pool.acquire("ann");
    servers[0]?.close();
    await ann.runtime.exited;
    const again = await pool.acquire("ann");
    expect(again.runtime).not.toBe(ann.runtime);
    await pool.close();
  });

  it("refuses a range that is none", () => {
    expect(() => new RuntimePool({ spawnRuntime, project: "p", runtimePortRange: [9, 8] })).toThrow(
      "[9, 8] is not a range of ports",
    );
  });
});
