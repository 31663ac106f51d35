/** Appends and watches, and never closes the store. Argument: directory. */
import { sqliteStorage } from "../sqlite-storage.ts";

const [directory = ""] = process.argv.slice(2);
const log = await sqliteStorage({ directory }).open("p/index/a");
log.watch(() => {});
for (let i = 0; i < 50; i++) await log.append([{ id: String(i), data: new Uint8Array(10) }]);
