import { startChild } from "./helpers/child.ts";
import { describeWithPostgres, freshStore } from "./helpers/with-postgres.ts";

describeWithPostgres((server) => {
  it("tells three processes of what a fourth commits: each arrives at its last version", async () => {
    const { url, storage } = await freshStore(server());
    const key = "p/index/shared";
    const log = await storage.open(key);
    await log.append([{ id: "0", data: new Uint8Array(10) }]);
    const followers = [1, 2, 3].map(() => startChild("follower.ts", [url, key]));
    await Promise.all(followers.map((follower) => follower.printed((line) => line === "1")));
    for (let round = 0; round < 5; round++) {
      const appends = Array.from({ length: 20 }, (_, i) =>
        log.append([{ id: `${round}-${i}`, data: new Uint8Array(10) }]),
      );
      await Promise.all(appends);
      const { version } = await log.head();
      // They look at nothing by themselves: only being told brings them there.
      await Promise.all(followers.map((follower) => follower.printed((line) => line === String(version))));
    }
    await Promise.all(followers.map((follower) => follower.kill()));
    await storage.close();
  }, 60_000);
});
