import { nodeModule } from "@sotto-internal/embedding";
import { modelUnavailable } from "../multilingual-model-error.ts";

/** Where the model's file is: a path, a URL (`file:`, or what `fetch` takes), or its content. */
export type ModelSource = string | URL | Uint8Array | ArrayBuffer | Blob;

/** The bytes of the file as they are, in chunks. Throws a `MultilingualModelError`. */
export async function* openSource(source: ModelSource): AsyncGenerator<Uint8Array> {
  if (source instanceof ArrayBuffer) yield new Uint8Array(source);
  else if (ArrayBuffer.isView(source)) yield source;
  else if (source instanceof Blob) yield* chunksOf(source.stream());
  else {
    try {
      yield* isRemote(source) ? fetched(source) : fileChunks(source);
    } catch (cause) {
      throw modelUnavailable(String(source), cause);
    }
  }
}

/** A scheme has at least two letters here, so that C:\models is a path. Where there are no files everything is fetched. */
function isRemote(source: string | URL): boolean {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(String(source))?.[1];
  return (scheme !== undefined && scheme !== "file") || nodeModule("node:fs") === undefined;
}

async function* fetched(url: string | URL): AsyncGenerator<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
  yield* chunksOf(response.body);
}

async function* fileChunks(path: string | URL): AsyncGenerator<Uint8Array> {
  const place = typeof path === "string" && path.startsWith("file:") ? new URL(path) : path;
  const stream = nodeModule("node:fs")?.createReadStream(place, { highWaterMark: 1 << 18 });
  if (stream !== undefined) yield* stream as AsyncIterable<Uint8Array>;
}

/** As `for await` over a stream, which not every browser has. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
