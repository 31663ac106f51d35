import { guardedLog } from "./guarded-log.ts";

/** What is written to the process's own streams meanwhile. */
async function written(during: () => void): Promise<string> {
  const chunks: string[] = [];
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write.bind(stream));
  for (const stream of streams) {
    stream.write = ((chunk: unknown) => {
      chunks.push(String(chunk));
      return true;
    }) as typeof stream.write;
  }
  try {
    during();
    // A logger writes in a later turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    for (const [i, stream] of streams.entries()) stream.write = originals[i] ?? stream.write;
  }
  return chunks.join("");
}

describe("LiveKit's log", () => {
  it("is not needed: before initializeLogger nothing is written, and nothing is thrown", async () => {
    expect(await written(() => guardedLog("error", "memory is gone"))).toBe("");
    expect(await written(() => void process.stdout.write("seen"))).toBe("seen");
  });
});
