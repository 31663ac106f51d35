// Serves the web page and the token endpoint.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { VoiceServer } from "@sotto/voice-server";
import { APP_DIR, readSettings, type Settings } from "./settings.ts";
import { webApp } from "./web/app.ts";
import { sessionSecret } from "./web/session-secret.ts";

export interface WebServer {
  url: string;
  close(): Promise<void>;
}

/** @throws when the page is not built, or the port is taken. */
export async function startWebServer(settings: Settings): Promise<WebServer> {
  const pageDir = join(APP_DIR, "dist");
  if (!existsSync(join(pageDir, "index.html"))) throw new Error("The page is not built yet: npm run build");
  const voiceServer = VoiceServer.fromCredentials({
    url: settings.LIVEKIT_URL,
    apiKey: settings.LIVEKIT_API_KEY,
    apiSecret: settings.LIVEKIT_API_SECRET,
    agentName: settings.LIVEKIT_AGENT_NAME,
  });
  const app = webApp({ voiceServer, sessionSecret: await sessionSecret(settings), pageDir });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: settings.WEB_HOST, port: settings.PORT }, () => {
      resolve({
        url: `http://${settings.WEB_HOST}:${settings.PORT}`,
        close: () => new Promise((closed) => server.close(() => closed())),
      });
    });
    server.on("error", reject);
  });
}

if (import.meta.main) {
  const { url } = await startWebServer(readSettings());
  console.log(`The page is at ${url}`);
}
