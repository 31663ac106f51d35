import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { Child } from "./child.ts";
import { freePorts } from "./ports.ts";

const inPath = (program: string) => (process.env.PATH ?? "").split(delimiter).map((dir) => join(dir, program));
/** Where the install script puts it. */
const installed = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "sotto", "livekit-server");

/** The program: `LIVEKIT_SERVER_PATH`, or `livekit-server` in PATH, or where the install script puts it. */
export function findLiveKitServer(): string | undefined {
  const places = [process.env.LIVEKIT_SERVER_PATH, ...inPath("livekit-server"), installed];
  return places.find((place) => place !== undefined && place !== "" && existsSync(place));
}

/** True when the install script has a Go to build the server with, or has built it before. */
export function canInstallLiveKitServer(): boolean {
  return [...inPath("go"), installed].some((place) => existsSync(place));
}

export interface LiveKitServer {
  url: string;
  stop(): Promise<void>;
}

/** `livekit-server --dev` on free ports of 127.0.0.1; nothing that it offers to clients leads elsewhere. */
export async function startLiveKitServer(program: string): Promise<LiveKitServer> {
  const [port, tcpPort, udpPort, stunPort] = await freePorts(4);
  const config = {
    port,
    bind_addresses: ["127.0.0.1"],
    rtc: {
      tcp_port: tcpPort,
      udp_port: udpPort,
      node_ip: "127.0.0.1",
      use_external_ip: false,
      enable_loopback_candidate: true,
      stun_servers: [`127.0.0.1:${stunPort}`],
    },
  };
  // JSON is YAML.
  const server = new Child(program, ["--dev", "--config-body", JSON.stringify(config)]);
  try {
    await server.says("starting LiveKit server");
    await answers(`http://127.0.0.1:${port}`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: `ws://127.0.0.1:${port}`, stop: () => server.stop() };
}

async function answers(url: string): Promise<void> {
  for (let left = 100; ; left--) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (left === 0) throw new Error(`Nothing answers at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
