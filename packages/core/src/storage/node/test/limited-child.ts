/**
 * Runs under a limit on file sizes: appends until the store is full, then shows that it can still be read. Prints
 * `{ code, snapshotCode, acknowledged, readable }`. Argument: directory.
 */
import { hasCode, SottoError } from "../../../errors/sotto-error.ts";
import { sqliteStorage } from "../sqlite-storage.ts";

const [directory = ""] = process.argv.slice(2);
const storage = sqliteStorage({ directory });
const log = await storage.open("p/index/a");
let acknowledged = 0;
let code: string | undefined;
while (code === undefined) {
  try {
    await log.append([{ id: String(acknowledged), data: new Uint8Array(20_000).fill(7) }]);
    acknowledged += 1;
  } catch (error) {
    if (!hasCode(error, "storage.full")) throw error;
    code = error.code;
  }
}
const snapshot = { version: acknowledged, epoch: 1, data: new Uint8Array(8_000_000) };
const failure: unknown = await log.writeSnapshot(snapshot).catch((error) => error);
const snapshotCode = SottoError.isInstance(failure) ? failure.code : String(failure);
const readable = (await log.read({ after: 0 })).length;
console.log(JSON.stringify({ code, snapshotCode, acknowledged, readable }));
await storage.close();
