// The API, and the page by Vite's dev server, which reloads it as it is changed.
import { createServer } from "vite";
import { closeOnSignal, run } from "./run.ts";
import { APP_DIR } from "./settings.ts";

const running = await run();
const vite = await createServer({
  root: APP_DIR,
  server: {
    host: running.settings.HOST,
    port: running.settings.VITE_PORT,
    proxy: { "/api": { target: running.server.url, changeOrigin: false } },
  },
});
await vite.listen();
vite.printUrls();
closeOnSignal(async () => {
  await vite.close();
  await running.close();
});
