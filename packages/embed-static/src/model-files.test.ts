import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readStaticModel } from "./model-files.ts";

const content: Record<string, string | Uint8Array> = {
  "vocab.txt": "left\nup\n",
  "vectors.i8": new Uint8Array(16).fill(1),
  "scales.f32": new Uint8Array(Float32Array.of(1, 2).buffer),
  "meta.json": JSON.stringify({ formatVersion: 1, id: "tiny-v1", dim: 8, rows: 2 }),
};

describe("reading a model", () => {
  let folder: string;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sotto static #1 "));
    for (const [name, bytes] of Object.entries(content)) await writeFile(join(folder, name), bytes);
    server = createServer((request, response) => {
      const bytes = content[request.url?.replace("/models/tiny/", "") ?? ""];
      response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  it("works from the path of a folder", async () => {
    expect([...(await readStaticModel(folder)).rowOf.keys()]).toEqual(["left", "up"]);
  });

  it("works from the file URL of a folder", async () => {
    expect((await readStaticModel(pathToFileURL(folder))).meta.id).toBe("tiny-v1");
  });

  it.each(["/models/tiny", "/models/tiny/"])("works over HTTP from %s", async (path) => {
    const byUrl = await readStaticModel(new URL(path, origin));
    const byText = await readStaticModel(origin + path);
    expect(byUrl).toEqual(await readStaticModel(folder));
    expect(byText).toEqual(byUrl);
  });

  it("names the file that is missing in a folder, and where it was looked for", async () => {
    const missing = await mkdtemp(join(tmpdir(), "sotto-static-"));
    const error = await readStaticModel(missing).catch((error: unknown) => error);
    await rm(missing, { recursive: true });
    expect(error).toMatchObject({
      code: "model.unavailable",
      message: expect.stringMatching(/vocab\.txt cannot be read: file:.*ENOENT/),
    });
  });

  it("names the file that a server does not have", async () => {
    await expect(readStaticModel(`${origin}/elsewhere`)).rejects.toMatchObject({
      code: "model.unavailable",
      message: expect.stringContaining("/elsewhere/vocab.txt: the server answered 404"),
    });
  });
});
