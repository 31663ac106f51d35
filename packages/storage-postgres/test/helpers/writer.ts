// A process that appends to a log, one after the other, and prints each version that was acknowledged.
//   node writer.ts URL KEY
import { writeSync } from "node:fs";
import { postgresStorage } from "../../src/index.ts";

const [, , url = "", key = ""] = process.argv;
const log = await postgresStorage(url).open(key);
for (let i = 1; ; i++) {
  const { version } = await log.append([{ id: `${process.pid}-${i}`, data: new Uint8Array(100) }]);
  writeSync(1, `${process.pid}-${i} ${version}\n`);
}
