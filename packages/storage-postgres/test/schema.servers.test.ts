import { migratePostgres, postgresStorage } from "../src/index.ts";
import { describeWithPostgres, freshStore } from "./helpers/with-postgres.ts";

describeWithPostgres((server) => {
  const databaseOf = (url: string) => new URL(url).pathname.slice(1);

  it("is made once when many processes come at once", async () => {
    const url = await server().createDatabase();
    const stores = Array.from({ length: 8 }, () => postgresStorage(url));
    const heads = await Promise.all(stores.map(async (storage) => (await storage.open("p/a/b")).append([])));
    expect(heads.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await Promise.all(stores.map((storage) => storage.close()));
  });

  it("is refused where it is newer, and where it is not there and may not be made", async () => {
    const { url, storage } = await freshStore(server(), { migrate: false });
    await expect((await storage.open("p/a/b")).head()).rejects.toMatchObject({
      code: "storage.unavailable",
      message: expect.stringContaining("migratePostgres"),
    });
    await storage.close();
    expect(await migratePostgres(url)).toEqual({ schemaVersion: expect.any(Number) });
    await server().sql("INSERT INTO sotto.migrations VALUES (999)", databaseOf(url));
    const later = postgresStorage(url);
    await expect((await later.open("p/a/b")).head()).rejects.toMatchObject({ code: "storage.newer_format" });
    await later.close();
  });

  it("can belong to one role and be used by another, which may not change it", async () => {
    const url = await server().createDatabase();
    await server().sql("CREATE ROLE app_of_schema LOGIN PASSWORD 'x'");
    await migratePostgres(url, { grantTo: "app_of_schema" });
    const appUrl = `postgres://app_of_schema:x@127.0.0.1:${server().port}/${databaseOf(url)}`;
    const app = postgresStorage(appUrl, { migrate: false });
    const log = await app.open("p/a/b");
    await log.append([{ id: "a", data: new Uint8Array(10) }]);
    await log.writeSnapshot({ version: 1, epoch: 1, data: new Uint8Array(10) });
    expect(await log.erase(["a"])).toEqual({ epoch: 2, erased: 1 });
    expect(await app.delete("p/a/b")).toBe(true);
    await app.close();
    const sneaky = postgresStorage(appUrl, { schema: "other" });
    await expect((await sneaky.open("p/a/b")).head()).rejects.toMatchObject({
      code: "storage.unavailable",
      message: expect.stringContaining("lacks a privilege"),
    });
    await sneaky.close();
  });

  it("stands beside another in the same database", async () => {
    const url = await server().createDatabase();
    const [one, two] = [postgresStorage(url, { schema: "one" }), postgresStorage(url, { schema: "two" })];
    await (await one.open("p/a/b")).append([]);
    expect([await one.list(""), await two.list("")]).toEqual([["p/a/b"], []]);
    await Promise.all([one.close(), two.close()]);
  });

  it("says clearly that the password is wrong, and that the database is not there", async () => {
    const url = await server().createDatabase();
    const wrong = postgresStorage(url.replace(/:[^:@]+@/, ":wrong-secret@"));
    await expect(wrong.list("")).rejects.toMatchObject({
      code: "storage.unavailable",
      message: expect.stringMatching(/^(?!.*wrong-secret).*password authentication failed/),
    });
    const missing = postgresStorage(server().url("nowhere"));
    await expect(missing.list("")).rejects.toMatchObject({
      message: expect.stringContaining('"nowhere" does not exist'),
    });
    await Promise.all([wrong.close(), missing.close()]);
  });

  it("names the limit when a lock is held for too long", async () => {
    const { url, storage } = await freshStore(server(), { lockTimeoutMs: 100 });
    const log = await storage.open("p/a/b");
    await log.append([]);
    const { default: postgres } = await import("postgres");
    const sql = postgres(url, { max: 1, fetch_types: false });
    await sql.begin(async (transaction) => {
      await transaction`SELECT set_config('sotto.project', 'p', true)`;
      await transaction`SELECT FROM sotto.logs FOR UPDATE`;
      await expect(log.append([])).rejects.toMatchObject({
        code: "storage.unavailable",
        message: expect.stringContaining("lockTimeoutMs = 100"),
      });
    });
    expect((await log.append([])).version).toBe(2);
    await sql.end();
    await storage.close();
  });
});
