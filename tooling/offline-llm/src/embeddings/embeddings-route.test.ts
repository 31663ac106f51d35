import OpenAI from "openai";
import { type OfflineLlm, startOfflineLlm } from "../index.ts";

let server: OfflineLlm;
let client: OpenAI;

beforeAll(async () => {
  server = await startOfflineLlm();
  client = new OpenAI({ baseURL: server.baseURL, apiKey: "any", maxRetries: 0 });
});
afterAll(() => server.close());

const embed = async (input: string[], encoding_format: "float" | "base64", dimensions?: number) =>
  (
    await client.embeddings.create({
      model: "offline-embedding",
      input,
      encoding_format,
      ...(dimensions === undefined ? {} : { dimensions }),
    })
  ).data.map((item) => item.embedding);
const dot = (a: number[] = [], b: number[] = []) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

it("gives unit vectors that are nearer the more words two texts share", async () => {
  const [a, b, c] = await embed(
    ["opening hours on Saturday", "Saturday: open, many hours", "refund of shoes"],
    "float",
  );
  expect(a).toHaveLength(1536);
  expect(dot(a, a)).toBeCloseTo(1);
  expect(dot(a, b)).toBeGreaterThan(0.6);
  expect(dot(a, c)).toBeLessThan(0.3);
});

it("gives the same numbers as floats, as base64 and by the client's default", async () => {
  const [floats] = await embed(["hello world"], "float", 64);
  const { data } = await client.embeddings.create({ model: "offline-embedding", input: "hello world", dimensions: 64 });
  const raw = await fetch(`${server.baseURL}/embeddings`, {
    method: "POST",
    body: JSON.stringify({ model: "m", input: "hello world", dimensions: 64, encoding_format: "base64" }),
  });
  const bytes = Buffer.from((await raw.json()).data[0].embedding, "base64");
  expect(floats).toHaveLength(64);
  expect(data[0]?.embedding).toEqual(floats?.map(Math.fround));
  expect(bytes.readFloatLE(0)).toBe(Math.fround(floats?.[0] ?? Number.NaN));
});

it("embeds a text without words too", async () => {
  const [vector] = await embed(["?!"], "float", 8);
  expect(dot(vector, vector)).toBeCloseTo(1);
});

it("refuses an empty input and dimensions out of range", async () => {
  await expect(embed([""], "float")).rejects.toMatchObject({ status: 400, param: "input" });
  await expect(embed(["a"], "float", 4000)).rejects.toMatchObject({ status: 400, param: "dimensions" });
});
