import { nodeModule } from "./node-module.ts";

/** The content of gzip, without holding the event loop. */
export async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const zlib = nodeModule("node:zlib");
  if (zlib === undefined) {
    const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }
  return new Promise((resolve, reject) => {
    zlib.gunzip(bytes, (error, content) => (error === null ? resolve(content) : reject(error)));
  });
}
