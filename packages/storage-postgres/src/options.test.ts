import { postgresStorage } from "./index.ts";
import { type PostgresStorageOptions, resolvePostgresOptions } from "./options.ts";

const URL = "postgres://ann:secret@db1:6000,db2/memory";

describe("the options of a PostgreSQL store", () => {
  it("have the defaults that they document", () => {
    const { poolSize, statementTimeoutMs, schema, migrate, project } = resolvePostgresOptions(URL, {});
    expect({ poolSize, statementTimeoutMs, schema, migrate, project }).toEqual({
      poolSize: 10,
      statementTimeoutMs: 30_000,
      schema: "sotto",
      migrate: true,
      project: undefined,
    });
  });

  it.each<[string, PostgresStorageOptions]>([
    ["poolSize", { poolSize: 0 }],
    ["statementTimeoutMs", { statementTimeoutMs: -1 }],
    ["lockTimeoutMs", { lockTimeoutMs: 1.5 }],
    ["pollIntervalMs", { pollIntervalMs: 1 }],
    ["schema", { schema: 'x"; DROP SCHEMA public; --' }],
    ["vacuum", { vacuum: "always" as never }],
    ["applicationName", { applicationName: "ü" }],
    ["project", { project: "" }],
    ["pool", { pool: 3 } as never],
  ])("refuse a %s that is not valid, by name", (name, options) => {
    expect(() => postgresStorage(URL, options)).toThrow(
      expect.objectContaining({ code: "argument.invalid", details: expect.objectContaining({ argument: name }) }),
    );
  });

  it("take undefined for the default", () => {
    expect(resolvePostgresOptions(URL, { poolSize: undefined } as never).poolSize).toBe(10);
  });
});

describe("a PostgreSQL store", () => {
  it("is named by hosts and database, without the user and the password", () => {
    expect(postgresStorage(URL).name).toBe("postgres:db1:6000,db2:5432/memory");
  });

  it("opens no connection until it is asked something, and closes without one", async () => {
    await postgresStorage(URL).close();
  });

  it("says that no server answers, after it has tried for as long as it may", async () => {
    const storage = postgresStorage("postgres://ann:secret@127.0.0.1:1/memory", { retryForMs: 100 });
    const log = await storage.open("p/index/a");
    await expect(log.head()).rejects.toMatchObject({
      code: "storage.unavailable",
      message: expect.stringMatching(/^(?!.*secret).*127\.0\.0\.1:1.*retryForMs = 100.*ECONNREFUSED/),
    });
    await storage.close();
  });

  it("opens keys of the project that it is bound to, and no others", async () => {
    const storage = postgresStorage(URL, { project: "a b" });
    await expect(storage.open("a%20b/index/x")).resolves.toMatchObject({ key: "a%20b/index/x" });
    for (const key of ["other/index/x", "a%20b", "a b/index/x", "a%20bc/index/x"]) {
      if (key === "a%20b") continue;
      await expect(storage.open(key)).rejects.toMatchObject({ code: "argument.invalid" });
    }
    await storage.close();
  });
});
