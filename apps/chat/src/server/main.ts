import { join } from "node:path";
import { closeOnSignal, run } from "./run.ts";
import { APP_DIR } from "./settings.ts";

const running = await run({ pageDir: join(APP_DIR, "dist") });
closeOnSignal(running.close);
console.log(`The chat is at ${running.server.url}`);
