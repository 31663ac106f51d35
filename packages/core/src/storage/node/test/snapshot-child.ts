/**
 * Appends, writes snapshots of 1 MB and truncates, for ever, and prints what it does: `committed <version>`,
 * `writing <version>`, `written <version>`. Argument: directory.
 */
import { writeSync } from "node:fs";
import { sqliteStorage } from "../sqlite-storage.ts";

const [directory = ""] = process.argv.slice(2);
const log = await sqliteStorage({ directory }).open("p/index/a");
const { epoch } = await log.head();

for (;;) {
  const { version = 0 } = await log.append([{ id: "x", data: new Uint8Array(1_000) }]);
  writeSync(1, `committed ${version}\n`);
  if (version % 3 !== 0) continue;
  writeSync(1, `writing ${version}\n`);
  await log.writeSnapshot({ version, epoch, data: new Uint8Array(1_000_000).fill(version & 255) });
  writeSync(1, `written ${version}\n`);
  await log.truncate({ before: version });
}
