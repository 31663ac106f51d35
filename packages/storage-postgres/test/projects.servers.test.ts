import postgres from "postgres";
import { postgresStorage } from "../src/index.ts";
import { describeWithPostgres, freshStore } from "./helpers/with-postgres.ts";

const TABLES = ["logs", "batches", "idempotency_keys", "snapshots", "snapshot_chunks"];

/** Two projects with something in every table. */
async function twoProjects(url: string) {
  const storage = postgresStorage(url);
  for (const project of ["alpha", "beta"]) {
    const log = await storage.open(`${project}/user/u/permanent`);
    await log.append([{ id: "a", data: new TextEncoder().encode(`secret of ${project}`) }], { idempotencyKey: "k" });
    await log.writeSnapshot({ version: 1, epoch: 1, data: new Uint8Array(1_000) });
  }
  return storage;
}

describeWithPostgres((server) => {
  it("hides every row from a transaction of another project, also from the owner of the tables", async () => {
    const { url, storage } = await freshStore(server());
    await (await twoProjects(url)).close();
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    for (const table of TABLES) {
      const count = async (project: string | null) =>
        sql.begin(async (transaction) => {
          if (project !== null) await transaction`SELECT set_config('sotto.project', ${project}, true)`;
          const [row] = await transaction`SELECT count(*)::integer AS rows FROM ${transaction(`sotto.${table}`)}`;
          return row?.rows;
        });
      expect([table, await count(null), await count("gamma"), await count("alpha")]).toEqual([table, 0, 0, 1]);
    }
    await sql.end();
    await storage.close();
  });

  it("lets no transaction write, change or delete rows of another project", async () => {
    const { url, storage } = await freshStore(server());
    const stores = await twoProjects(url);
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const asAlpha = <T>(work: (transaction: postgres.TransactionSql) => Promise<T>) =>
      sql.begin(async (transaction) => {
        await transaction`SELECT set_config('sotto.project', 'alpha', true)`;
        return work(transaction);
      });
    const updated = await asAlpha(
      (transaction) => transaction`UPDATE sotto.logs SET version = 9 WHERE project = 'beta'`,
    );
    const deleted = await asAlpha((transaction) => transaction`DELETE FROM sotto.batches WHERE project = 'beta'`);
    expect([updated.count, deleted.count]).toEqual([0, 0]);
    await expect(
      asAlpha((transaction) => transaction`INSERT INTO sotto.logs VALUES ('beta', '\\x00', 99, 'beta/x', 1, 0, 1)`),
    ).rejects.toMatchObject({ code: "42501" });
    await expect(asAlpha((transaction) => transaction`UPDATE sotto.logs SET project = 'beta'`)).rejects.toMatchObject({
      code: "42501",
    });
    expect((await (await stores.open("beta/user/u/permanent")).head()).version).toBe(1);
    await sql.end();
    await stores.close();
    await storage.close();
  });

  it("gives a store that is bound to a project its keys and no others", async () => {
    const { url, storage } = await freshStore(server());
    await (await twoProjects(url)).close();
    const alpha = postgresStorage(url, { project: "alpha" });
    expect(await alpha.list("")).toEqual(["alpha/user/u/permanent"]);
    expect(await alpha.list("beta/")).toEqual([]);
    for (const call of [alpha.open("beta/user/u/permanent"), alpha.delete("beta/user/u/permanent")]) {
      await expect(call).rejects.toMatchObject({ code: "argument.invalid" });
    }
    await alpha.close();
    await storage.close();
  });

  it("takes SQL in every field for what it is: text", async () => {
    const { url, storage } = await freshStore(server());
    const stores = await twoProjects(url);
    for (const text of [
      "'; DROP SCHEMA sotto CASCADE; --",
      "$1); DELETE FROM sotto.batches; --",
      '"; SELECT set_config($$sotto.project$$, $$/$$, false); --',
      "\\'; SELECT pg_sleep(10); --",
      "$fn$ beta $fn$ 100% %I %s",
      "alpha' OR '1'='1",
    ]) {
      const key = `${text}/index/${text}`;
      const log = await stores.open(key);
      const records = [{ id: text, data: new TextEncoder().encode(text) }];
      expect(await log.append(records, { idempotencyKey: text })).toEqual({ version: 1, duplicate: false });
      expect(await log.append(records, { idempotencyKey: text })).toEqual({ version: 1, duplicate: true });
      expect((await log.read({ after: 0 }))[0]?.records).toEqual(records);
      expect(await stores.list(`${text}/`)).toEqual([key]);
      expect(await stores.list(text)).toEqual([key]);
      expect((await log.erase([text])).erased).toBe(1);
      expect(await stores.delete(key)).toBe(true);
    }
    expect(await stores.list("")).toEqual(["alpha/user/u/permanent", "beta/user/u/permanent"]);
    await stores.close();
    await storage.close();
  });
});
