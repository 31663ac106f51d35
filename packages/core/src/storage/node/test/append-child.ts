/**
 * Appends batches of three records to a log, by 16 appenders at once, and prints each acknowledged one as
 * `<version> <tag>`: arguments directory, key, tag, count.
 */
import { sqliteStorage } from "../sqlite-storage.ts";
import { printLine } from "./print-line.ts";

const [directory = "", key = "", tag = "", count = "0"] = process.argv.slice(2);
const storage = sqliteStorage({ directory });
const log = await storage.open(key);
let next = 0;

async function appendAll(): Promise<void> {
  while (next < Number(count)) {
    const name = `${tag}-${next++}`;
    const data = new TextEncoder().encode(name.padEnd(400, "."));
    const { version } = await log.append(["a", "b", "c"].map((part) => ({ id: `${name}:${part}`, data })));
    printLine(`${version} ${name}`);
  }
}

await Promise.all(Array.from({ length: 16 }, appendAll));
await storage.close();
