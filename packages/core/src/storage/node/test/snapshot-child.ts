/**
 * Appends, writes snapshots of 1 MB and truncates, for ever, and prints what it does: `committed <version>`,
 * `writing <version>`, `written <version>`. Argument: directory.
 */
import { sqliteStorage } from "../sqlite-storage.ts";
import { printLine } from "./print-line.ts";

const [directory = ""] = process.argv.slice(2);
const log = await sqliteStorage({ directory }).open("p/index/a");
const { epoch } = await log.head();

for (;;) {
  const { version = 0 } = await log.append([{ id: "x", data: new Uint8Array(1_000) }]);
  printLine(`committed ${version}`);
  if (version % 3 !== 0) continue;
  printLine(`writing ${version}`);
  await log.writeSnapshot({ version, epoch, data: new Uint8Array(1_000_000).fill(version & 255) });
  printLine(`written ${version}`);
  await log.truncate({ before: version });
}
