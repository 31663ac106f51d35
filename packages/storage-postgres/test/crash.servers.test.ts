import { setTimeout as sleep } from "node:timers/promises";
import { postgresStorage } from "../src/index.ts";
import { appendOn, idsOf } from "./helpers/append-on.ts";
import { startChild } from "./helpers/child.ts";
import { tcpProxy, through } from "./helpers/tcp-proxy.ts";
import { describeWithPostgres, freshStore } from "./helpers/with-postgres.ts";

const KEY = "p/session/s";

describeWithPostgres((server) => {
  it("keeps every append that a process was told of before it was killed, each once", async () => {
    const { url, storage } = await freshStore(server());
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 3; kill++) {
      const writers = [1, 2].map(() => startChild("writer.ts", [url, KEY]));
      await Promise.all(writers.map((writer) => writer.printed(() => writer.lines().length >= 50)));
      await Promise.all(writers.map((writer) => writer.kill()));
      acknowledged.push(...writers.flatMap((writer) => writer.lines()));
    }
    const log = await storage.open(KEY);
    const batches = await log.read({ after: 0, limit: 1_000_000 });
    const found = new Set(batches.map(({ version, records }) => `${records[0]?.id} ${version}`));
    expect(acknowledged.filter((line) => !found.has(line))).toEqual([]);
    expect(new Set(batches.flatMap(({ records }) => records.map(({ id }) => id))).size).toBe(batches.length);
    expect((await log.append([])).version).toBe(batches.length + 1);
    await storage.close();
  }, 60_000);

  it("keeps every acknowledged append through crashes of the server, and writes on by itself", async () => {
    const { storage } = await freshStore(server());
    const log = await storage.open(KEY);
    const appending = appendOn(log);
    for (let crash = 1; crash <= 3; crash++) {
      await appending.until(crash * 100);
      await server().stop("immediate");
      const before = appending.acknowledged.length;
      await server().start();
      await appending.until(before + 20);
    }
    const acknowledged = await appending.stop();
    const found = await idsOf(log);
    expect(acknowledged.filter((id) => !found.includes(id))).toEqual([]);
    expect(new Set(found).size).toBe(found.length);
    await storage.close();
  }, 60_000);

  it("keeps every acknowledged append, each once, when its connections are killed again and again", async () => {
    const { storage } = await freshStore(server());
    const log = await storage.open(KEY);
    const appending = appendOn(log);
    for (let kill = 1; kill <= 20; kill++) {
      await appending.until(kill * 20);
      await server().sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sotto'");
    }
    const acknowledged = await appending.stop();
    const found = await idsOf(log);
    expect(found.toSorted()).toEqual(acknowledged.toSorted());
    await storage.close();
  }, 60_000);

  it("writes an append once whose answer was lost on the way", async () => {
    const url = await server().createDatabase();
    const proxy = await tcpProxy(server().port);
    const storage = postgresStorage(through(proxy, url), { poolSize: 1 });
    const log = await storage.open(KEY);
    await log.append([{ id: "first", data: new Uint8Array(1) }]);
    for (let i = 0; i < 3; i++) {
      proxy.loseNextAnswer();
      const { version, duplicate } = await log.append([{ id: `lost ${i}`, data: new Uint8Array(1) }]);
      expect([version, duplicate]).toEqual([i + 2, false]);
    }
    proxy.loseNextAnswer();
    const group = await Promise.all(["a", "b"].map((id) => log.append([{ id, data: new Uint8Array(1) }])));
    expect(group.map(({ version }) => version)).toEqual([5, 6]);
    expect(await idsOf(log)).toEqual(["first", "lost 0", "lost 1", "lost 2", "a", "b"]);
    await storage.close();
    await proxy.close();
  }, 30_000);

  it("gives up a connection that was cut in silence, and answers over another", async () => {
    const url = await server().createDatabase();
    const proxy = await tcpProxy(server().port);
    const storage = postgresStorage(through(proxy, url), { statementTimeoutMs: 200, connectTimeoutMs: 200 });
    const log = await storage.open(KEY);
    await log.append([{ id: "before", data: new Uint8Array(1) }]);
    proxy.freeze();
    const appending = log.append([{ id: "meanwhile", data: new Uint8Array(1) }]);
    await sleep(50);
    proxy.thaw();
    expect(await appending).toEqual({ version: 2, duplicate: false });
    expect(await idsOf(log)).toEqual(["before", "meanwhile"]);
    await storage.close();
    await proxy.close();
  }, 30_000);

  it("hears of changes again after its listening connection was killed, without waiting for a look", async () => {
    const { url, storage } = await freshStore(server(), { pollIntervalMs: 3_600_000 });
    const writer = await postgresStorage(url).open(KEY);
    const log = await storage.open(KEY);
    let wakes = 0;
    let onWake = () => {};
    log.watch(() => {
      wakes += 1;
      onWake();
    });
    const woken = () =>
      new Promise<void>((resolve) => {
        onWake = resolve;
      });
    await Promise.all([woken(), writer.append([{ id: "a", data: new Uint8Array(1) }])]);
    const listeningAgain = woken();
    await server().sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
    await listeningAgain;
    await Promise.all([woken(), writer.append([{ id: "b", data: new Uint8Array(1) }])]);
    expect(wakes).toBeGreaterThanOrEqual(3);
    await storage.close();
  }, 30_000);

  it("finds by looking what it is not told", async () => {
    const url = await server().createDatabase();
    const proxy = await tcpProxy(server().port);
    const storage = postgresStorage(through(proxy, url), { pollIntervalMs: 20, connectTimeoutMs: 300 });
    const log = await storage.open(KEY);
    const writer = postgresStorage(url);
    await (await writer.open(KEY)).append([{ id: "a", data: new Uint8Array(1) }]);
    const woken = new Promise<void>((resolve) => void log.watch(resolve));
    // The listening connection never comes to be.
    proxy.freeze();
    await sleep(50);
    proxy.thaw();
    await (await writer.open(KEY)).append([{ id: "b", data: new Uint8Array(1) }]);
    await woken;
    expect((await log.head()).version).toBe(2);
    await storage.close();
    await writer.close();
    await proxy.close();
  }, 30_000);
});
