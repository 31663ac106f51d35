import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { modelBytes, modelFile, modelUrl } from "../../test/packaged-model.ts";
import { multilingual } from "../multilingual-embedder.ts";
import { loadModel } from "./load-model.ts";
import type { ModelSource } from "./model-source.ts";

const packed = modelBytes();
const unpacked = new Uint8Array(gunzipSync(packed));

/** A file that begins as a model does, with this header and this behind it. */
function fileOf(header: unknown, rest: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const length = new Uint8Array(Uint32Array.of(json.length).buffer);
  return new Uint8Array(gzipSync(Buffer.concat([length, json, rest])));
}

const header = JSON.parse(
  new TextDecoder().decode(unpacked.subarray(4, 4 + new DataView(unpacked.buffer).getUint32(0, true))),
);

describe("a model's file", () => {
  let folder: string;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sotto multilingual #1 "));
    await writeFile(join(folder, "model.js"), modelFile());
    server = createServer((request, response) => {
      if (request.url === "/model.js") response.end(modelFile());
      else if (request.url === "/encoded.bin") response.setHeader("content-encoding", "gzip").end(packed);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  it.each<[string, () => ModelSource]>([
    ["by path", () => join(folder, "model.js")],
    ["by a file's URL", () => modelUrl],
    ["by a file's URL as text", () => modelUrl.href],
    ["over HTTP", () => `${origin}/model.js`],
    ["over HTTP, from a server that says that it is packed", () => new URL(`${origin}/encoded.bin`)],
    ["from its bytes", () => modelFile()],
    ["from the gzip stream in it", () => packed],
    ["from a buffer", () => packed.buffer],
    ["from a blob", () => new Blob([packed])],
    ["unpacked", () => unpacked],
  ])("is read %s", async (_, source) => {
    const { tokenizer } = await loadModel(source());
    expect(tokenizer.encode("When?", 16)).toEqual([1, 1_226, 21, 2]);
  });

  it("lets timers have their turn while it is loaded", async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    await loadModel(packed);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(20);
  });

  it("that is not there is named, with what to do", async () => {
    const path = join(folder, "none.bin");
    const failure = multilingual({ model: path }).prewarm();
    await expect(failure).rejects.toMatchObject({ code: "embedding.model_unavailable", details: { where: path } });
    await expect(failure).rejects.toThrow(/none\.bin: ENOENT.*multilingual\(\{ model \}\)/);
    await expect(loadModel(`${origin}/none.bin`)).rejects.toThrow("the server answered 404");
  });

  it("can be there the second time", async () => {
    const path = join(folder, "later.bin");
    const embedder = multilingual({ model: path });
    await expect(embedder.embed(["When?"], { kind: "query" })).rejects.toMatchObject({
      code: "embedding.model_unavailable",
    });
    await writeFile(path, packed);
    const [vector] = await embedder.embed(["When?"], { kind: "query" });
    expect(vector).toHaveLength(512);
  });

  it("is not waited for by a call that is aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("hung up");
    const waiting = multilingual({ model: packed }).embed(["When?"], { kind: "query", signal: controller.signal });
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["of nothing", new Uint8Array(0), /it ends 4 bytes too early/],
    [
      "of something else",
      new TextEncoder().encode("<!doctype html><title>Not found</title>"),
      /does not begin with a header/,
    ],
    ["of another module", new TextEncoder().encode(`// other\n${"x".repeat(5_000)}`), /it ends 4 bytes too early/],
    ["that is cut off", packed.subarray(0, 1_000_000), /unexpected end of file/],
    ["that is cut off as a module", modelFile().subarray(0, 1_000_000), /unexpected end of file/],
    ["that is cut off and not packed", unpacked.subarray(0, 10_000_000), /it ends \d+ bytes too early/],
    ["with more behind it", new Uint8Array(Buffer.concat([unpacked, Buffer.from("x")])), /something follows/],
    ["with a damaged header", fileOf("{"), /its header is not JSON/],
    ["of a later format", fileOf({ ...header, format: 2 }), /its format should be 1, but is 2/],
    ["of another model", fileOf({ ...header, id: "other" }), /should be "use-multilingual-v3", but is "other"/],
    ["without rows", fileOf({ ...header, rows: 0 }), /its rows should be a number above 0, but is 0/],
    ["without sections", fileOf({ ...header, sections: undefined }), /its header lists no sections/],
    [
      "with a section without a size",
      fileOf({ ...header, sections: [{ name: "x" }] }),
      /a name and a size, but is {"name":"x"}/,
    ],
    ["without a tokenizer", fileOf({ ...header, sections: [] }), /it has no pieces/],
  ])("%s is refused", async (_, bytes, message) => {
    const failure = loadModel(bytes);
    await expect(failure).rejects.toMatchObject({ code: "embedding.model_invalid" });
    await expect(failure).rejects.toThrow(message);
  });

  it("whose bytes were changed on the way is refused", async () => {
    const damaged = packed.slice();
    damaged[20_000_000] = (damaged[20_000_000] ?? 0) ^ 0xff;
    await expect(loadModel(damaged)).rejects.toMatchObject({ code: "embedding.model_invalid" });
  });
});
