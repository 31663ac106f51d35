import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { postgresStorage } from "../src/index.ts";
import { describeWithPostgres, freshStore } from "./helpers/with-postgres.ts";

describeWithPostgres((server) => {
  /** Whether a text lies in a file of any table. */
  async function isInTables(text: string): Promise<boolean> {
    await server().sql("CHECKPOINT");
    const found = execFileSync("sh", ["-c", `grep -rlaF -- '${text}' '${server().directory}/base' || true`], {
      encoding: "utf8",
    });
    return found !== "";
  }

  it("leaves nothing of an erased text in the tables' files once they are written anew", async () => {
    const { storage } = await freshStore(server(), { vacuum: "wait" });
    const log = await storage.open("p/session/s");
    const secret = randomBytes(20).toString("hex");
    const kept = randomBytes(20).toString("hex");
    const data = new TextEncoder().encode(`${secret} `.repeat(100));
    for (let i = 0; i < 20; i++) {
      await log.append([
        { id: "secret", data },
        { id: "kept", data: new TextEncoder().encode(kept) },
      ]);
    }
    await log.writeSnapshot({ version: 20, epoch: 1, data });
    expect(await isInTables(secret)).toBe(true);

    expect(await log.erase(["secret"])).toEqual({ epoch: 2, erased: 20 });
    const { done, remains } = await storage.vacuum({ full: true });

    expect(done).toEqual(["batches", "snapshot_chunks", "snapshots", "idempotency_keys", "logs"]);
    expect(remains).toEqual([expect.stringContaining("write-ahead log")]);
    expect([await isInTables(secret), await isInTables(kept)]).toEqual([false, true]);
    await storage.close();
  }, 30_000);

  it("leaves nothing of a deleted log in the tables' files once they are written anew", async () => {
    const { storage } = await freshStore(server());
    const secret = randomBytes(20).toString("hex");
    const log = await storage.open(`p/session/${secret}`);
    await log.append([{ id: secret, data: new TextEncoder().encode(secret) }], { idempotencyKey: secret });
    expect(await isInTables(secret)).toBe(true);
    await storage.delete(log.key);
    await storage.vacuum({ full: true });
    expect(await isInTables(secret)).toBe(false);
    await storage.close();
  }, 30_000);

  it("says what is left to do where its role may not vacuum, and when a plain vacuum is all there was", async () => {
    const { url, storage } = await freshStore(server());
    await (await storage.open("p/a/b")).append([]);
    expect((await storage.vacuum()).remains[0]).toContain("vacuum({ full: true })");
    const database = new URL(url).pathname.slice(1);
    await server().sql("CREATE ROLE app_of_erasure LOGIN PASSWORD 'x'");
    await server().sql(
      `GRANT USAGE ON SCHEMA sotto TO app_of_erasure; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sotto TO app_of_erasure`,
      database,
    );
    const app = postgresStorage(`postgres://app_of_erasure:x@127.0.0.1:${server().port}/${database}`, {
      migrate: false,
    });
    const { done, remains } = await app.vacuum();
    expect([done, remains[0]]).toEqual([[], expect.stringContaining("for the owner of the tables")]);
    await app.close();
    await storage.close();
  }, 30_000);

  it("says that an old transaction keeps what was erased", async () => {
    const { url, storage } = await freshStore(server());
    const log = await storage.open("p/a/b");
    await log.append([{ id: "a", data: new Uint8Array(10) }]);
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, { max: 1, fetch_types: false });
    await sql.begin("isolation level repeatable read", async (transaction) => {
      await transaction`SELECT count(*) FROM sotto.logs`;
      await transaction`SELECT pg_sleep(1.2)`;
      await log.erase(["a"]);
      const { remains } = await storage.vacuum();
      expect(remains.join()).toContain("a transaction that is open for");
    });
    await sql.end();
    await storage.close();
  }, 30_000);
});
