// A process that follows a log and prints each version that it has caught up with.
//   node follower.ts URL KEY
import { writeSync } from "node:fs";
import { postgresStorage } from "../../src/index.ts";

const [, , url = "", key = ""] = process.argv;
// Nothing but being told wakes it.
const log = await postgresStorage(url, { pollIntervalMs: 3_600_000 }).open(key);
let version = 0;
let reading: Promise<void> | undefined;
let again = false;

async function catchUp(): Promise<void> {
  do {
    again = false;
    for (const batch of await log.read({ after: version })) version = batch.version;
  } while (again);
  writeSync(1, `${version}\n`);
}

function wake(): void {
  again = true;
  reading ??= catchUp().finally(() => {
    reading = undefined;
  });
}

log.watch(wake);
wake();
