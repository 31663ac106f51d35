import { ManualClock } from "../../../test/memory/recall-fixture.ts";
import { testMemory } from "../../../test/memory/test-memory.ts";
import { UserPool } from "./user-pool.ts";

function userPool(pool: { maxConcurrentUsers?: number; idleTtlMs?: number }) {
  const clock = new ManualClock();
  const opened = testMemory({ clock, pool });
  return { ...opened, clock, pool: new UserPool(opened.context) };
}

describe("the pool of users", () => {
  it("shares one open memory among all who use it", async () => {
    const { pool } = userPool({});
    const [one, other] = await Promise.all([pool.acquire("ann"), pool.acquire({ id: "ann", name: "Ann" })]);
    expect(one.memory).toBe(other.memory);
    expect(pool.tryAcquire("ann")?.memory).toBe(one.memory);
    expect(pool.tryAcquire("bob")).toBeUndefined();
    expect(pool.size).toBe(1);
  });

  it("lets the least recently used go for another, flushed", async () => {
    const { pool } = userPool({ maxConcurrentUsers: 2 });
    const ann = await pool.acquire("ann");
    ann.release();
    (await pool.acquire("bob")).release();
    (await pool.acquire("ann")).release();
    (await pool.acquire("cho")).release();
    expect(pool.tryAcquire("bob")).toBeUndefined();
    expect(pool.tryAcquire("ann")?.memory).toBe(ann.memory);
    expect(pool.size).toBe(2);
  });

  it("waits for a place, and says pool.exhausted when none comes free", async () => {
    const { pool, clock } = userPool({ maxConcurrentUsers: 1 });
    const ann = await pool.acquire("ann");
    const bob = pool.acquire("bob");
    const cho = pool.acquire("cho");
    ann.release();
    ann.release();
    const got = await bob;
    expect(ann.memory.permanent.closed).toBe(true);
    clock.advance(5_000);
    await expect(cho).rejects.toMatchObject({
      code: "pool.exhausted",
      message: expect.stringContaining("maxConcurrentUsers = 1"),
    });
    got.release();
    (await pool.acquire("cho")).release();
  });

  it("closes what is idle for too long, and not what is in use", async () => {
    const { pool, clock } = userPool({ idleTtlMs: 1_000 });
    const ann = await pool.acquire("ann");
    const bob = await pool.acquire("bob");
    bob.release();
    clock.advance(999);
    expect(pool.size).toBe(2);
    clock.advance(1);
    expect(pool.size).toBe(1);
    expect(ann.memory.permanent.closed).toBe(false);
    const again = await pool.acquire("bob");
    expect(bob.memory.permanent.closed).toBe(true);
    expect(again.memory).not.toBe(bob.memory);
  });

  it("does not keep a user whose memory could not be opened", async () => {
    const opened = testMemory();
    let broken = true;
    const storage = {
      ...opened.storage,
      open: (key: string) => (broken ? Promise.reject(new Error("no disk")) : opened.storage.open(key)),
    };
    const pool = new UserPool({ ...opened.context, storage, pool: { maxConcurrentUsers: 1 } });
    await expect(pool.acquire("ann")).rejects.toThrow("no disk");
    expect(pool.size).toBe(0);
    broken = false;
    (await pool.acquire("bob")).release();
  });

  it("refuses everyone once it is closed, those who wait included", async () => {
    const { pool } = userPool({ maxConcurrentUsers: 1 });
    await pool.acquire("ann");
    const waiting = pool.acquire("bob");
    await pool.close();
    await expect(waiting).rejects.toMatchObject({ code: "pool.closed" });
    await expect(pool.acquire("ann")).rejects.toMatchObject({ code: "pool.closed" });
  });

  it("serves more users than it has places, one after the other", async () => {
    const { memory } = testMemory({ pool: { maxConcurrentUsers: 2 } });
    const users = Array.from({ length: 12 }, (_, n) => `user-${n}`);
    await Promise.all(users.map((user) => memory.remember(user, `${user} likes tea.`)));
    for (const user of users)
      expect((await memory.memories(user)).map(({ text }) => text)).toEqual([`${user} likes tea.`]);
  });
});
