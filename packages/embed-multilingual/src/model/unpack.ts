import { nodeModule } from "@sotto-internal/embedding";
import { MultilingualModelError, messageOf, modelInvalid } from "../multilingual-model-error.ts";
import { fromModuleText } from "./base64-module.ts";
import { chunksOf } from "./model-source.ts";

const CHUNK_BYTES = 1 << 18;

/**
 * The content of a model, whatever it is wrapped in: the module that the package ships, the gzip stream that stands in it,
 * or neither (a server may have unpacked it on the way). It is unpacked beside this thread where the platform can.
 */
export async function* unpack(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { done, value: first } = await chunks.next();
  if (done) return;
  const all = startingWith(first, chunks);
  if (first[0] === 0x2f && first[1] === 0x2f) yield* unpack(fromModuleText(all));
  else if (first[0] === 0x1f && first[1] === 0x8b) {
    try {
      yield* unzipped(all);
    } catch (cause) {
      if (MultilingualModelError.isInstance(cause)) throw cause;
      throw modelInvalid(messageOf(cause), cause);
    }
  } else yield* all;
}

function unzipped(chunks: AsyncGenerator<Uint8Array>): AsyncIterable<Uint8Array> {
  const [zlib, stream] = [nodeModule("node:zlib"), nodeModule("node:stream")];
  if (zlib !== undefined && stream !== undefined) {
    const unzip = zlib.createGunzip({ chunkSize: CHUNK_BYTES });
    // A failure of either arrives where the chunks are read.
    stream.pipeline(stream.Readable.from(chunks), unzip, () => undefined);
    return unzip;
  }
  const pair = new DecompressionStream("gzip") as ReadableWritablePair<Uint8Array, Uint8Array>;
  return chunksOf(readable(chunks).pipeThrough(pair));
}

async function* startingWith(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

function readable(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
