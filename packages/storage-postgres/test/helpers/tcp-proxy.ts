import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A line to a server that can be cut in the ways that networks cut it. */
export interface TcpProxy {
  port: number;
  /** From now on what the server says is lost; the first time that it says something, the connections are cut. */
  loseNextAnswer(): void;
  /** From now on nothing passes, either way, and nobody is told. */
  freeze(): void;
  /** New connections pass again. */
  thaw(): void;
  cut(): void;
  /** Connections that were made so far. */
  connections(): number;
  close(): Promise<void>;
}

export async function tcpProxy(target: number): Promise<TcpProxy> {
  const { connect } = await import("node:net");
  const pairs = new Set<[Socket, Socket]>();
  const frozen = new Set<Socket>();
  let [made, losing, freezing] = [0, false, false];

  const proxy = createServer((near) => {
    made += 1;
    const far = connect(target, "127.0.0.1");
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on("error", () => {});
      from.on("close", () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
    if (freezing) frozen.add(near);
    near.on("data", (data) => frozen.has(near) || far.write(data));
    far.on("data", (data) => {
      if (losing) {
        losing = false;
        cut();
      } else if (!frozen.has(near)) near.write(data);
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");

  function cut(): void {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  }

  return {
    port: (proxy.address() as AddressInfo).port,
    loseNextAnswer() {
      losing = true;
    },
    freeze() {
      freezing = true;
      for (const [near] of pairs) frozen.add(near);
    },
    thaw() {
      freezing = false;
    },
    cut,
    connections: () => made,
    async close() {
      cut();
      proxy.close();
      await once(proxy, "close");
    },
  };
}

/** The URL, through the proxy. */
export function through(proxy: TcpProxy, url: string): string {
  return url.replace(/@127\.0\.0\.1:\d+/, `@127.0.0.1:${proxy.port}`);
}
