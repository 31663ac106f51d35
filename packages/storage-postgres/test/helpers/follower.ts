// A process that follows a log and prints each version that it has caught up with.
//   node follower.ts URL KEY
import { writeSync } from "node:fs";
import { postgresStorage } from "../../src/index.ts";

const [, , url = "", key = ""] = process.argv;
// Nothing but being told wakes it.
const log = await postgresStorage(url, { pollIntervalMs: 3_600_000 }).open(key);
let version = 0;
let reading = false;
let again = false;

async function catchUp(): Promise<void> {
  again = true;
  if (reading) return;
  reading = true;
  while (again) {
    again = false;
    for (const batch of await log.read({ after: version })) version = batch.version;
  }
  reading = false;
  writeSync(1, `${version}\n`);
}

log.watch(() => void catchUp());
await catchUp();
