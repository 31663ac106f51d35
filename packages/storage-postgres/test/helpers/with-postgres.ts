import { hasPostgres, type StartOptions, startPostgres, type TestPostgres } from "@sotto-internal/postgres";
import { type PostgresStorageOptions, postgresStorage } from "../../src/index.ts";

const title = "with a real PostgreSQL (bash tooling/scripts/install-postgres.sh installs one)";

/** Tests that share a server; skipped where there is none. */
export function describeWithPostgres(define: (server: () => TestPostgres) => void, options: StartOptions = {}): void {
  (hasPostgres ? describe : describe.skip)(title, () => {
    let server: TestPostgres | undefined;
    beforeAll(async () => {
      server = await startPostgres(options);
    }, 120_000);
    afterAll(async () => {
      await server?.remove();
    }, 60_000);
    define(() => {
      if (server === undefined) throw new Error("the server has not started");
      return server;
    });
  });
}

/** An empty store in a database of its own, whose role has no privileges beyond it. */
export async function freshStore(server: TestPostgres, options: PostgresStorageOptions = {}) {
  const url = await server.createDatabase();
  return { url, storage: postgresStorage(url, options), reopen: async () => postgresStorage(url, options) };
}
