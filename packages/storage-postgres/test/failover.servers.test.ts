import { startPostgres } from "@sotto-internal/postgres";
import { postgresStorage } from "../src/index.ts";
import { appendOn, idsOf } from "./helpers/append-on.ts";
import { describeWithPostgres } from "./helpers/with-postgres.ts";

describeWithPostgres((primary) => {
  it("loses no acknowledged append when the primary dies and its synchronous standby is promoted", async () => {
    const url = await primary().createDatabase();
    const standby = await startPostgres({ standbyOf: primary() });
    try {
      await primary().sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
      await primary().sql("SELECT pg_reload_conf()");
      // The standby first, so that it has to be passed over.
      const hosts = `127.0.0.1:${standby.port},127.0.0.1:${primary().port}`;
      const both = url.replace(/127\.0\.0\.1:\d+/, hosts);
      const storage = postgresStorage(both, { retryForMs: 60_000 });
      const follower = postgresStorage(both, { retryForMs: 60_000, pollIntervalMs: 200 });
      const log = await storage.open("p/session/s");
      const followed = await follower.open("p/session/s");
      const wakes = { count: 0 };
      followed.watch(() => {
        wakes.count += 1;
      });
      const appending = appendOn(log);
      await appending.until(100);

      await primary().stop("immediate");
      await standby.promote();

      await appending.until(appending.acknowledged.length + 20);
      const acknowledged = await appending.stop();
      const found = await idsOf(followed);
      expect(acknowledged.filter((id) => !found.includes(id))).toEqual([]);
      expect(new Set(found).size).toBe(found.length);
      const seen = wakes.count;
      await log.append([]);
      while (wakes.count === seen) await new Promise((resolve) => setTimeout(resolve, 10));
      await Promise.all([storage.close(), follower.close()]);
    } finally {
      await standby.remove();
    }
  }, 120_000);
});
