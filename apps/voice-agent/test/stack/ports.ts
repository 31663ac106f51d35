import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** As many different ports as asked for, free a moment ago, on 127.0.0.1. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

/** @throws naming the first of these ports of 127.0.0.1 that something else listens on */
export async function mustBeFree(ports: Readonly<Record<string, number>>): Promise<void> {
  for (const [what, port] of Object.entries(ports)) {
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") throw error;
      throw new Error(
        `Port ${port}, the default of ${what}, is taken: end what listens on 127.0.0.1:${port}, and try again`,
      );
    });
    await new Promise((closed) => server.close(closed));
  }
}
