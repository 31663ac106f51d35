import { METHOD_NAMES, METHODS } from "@sotto/client/contract";
import fc from "fast-check";
import { post, type Served, serve } from "./helpers/serve.ts";

const SECRET = "zebra-4111-said";
let served: Served;

beforeAll(async () => {
  served = await serve();
  await served.inner.createIndex("kept", [{ id: "a", text: "A router can be returned." }]);
  await served.inner.createIndex("help", [{ id: "a", text: "A router can be returned." }]);
});
afterAll(() => served.close());

it.each([
  ["no JSON", `{"text": "${SECRET}`, 400, "server.bad_request"],
  ["a list", `["${SECRET}"]`, 400, "server.bad_request"],
  ["a word", `"${SECRET}"`, 400, "server.bad_request"],
  ["what is nested deeply", `{"text": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 400, "server.bad_request"],
  ["an unknown field", { [SECRET]: 1 }, 400, "argument.invalid"],
  ["a prototype", '{"__proto__": {"indexes": "help"}, "text": "x"}', 400, "argument.invalid"],
  ["too much", { indexes: "help", text: SECRET.repeat(100_000) }, 413, "server.payload_too_large"],
])("refuses %s", async (_what, body, status, code) => {
  const response = await post(served.url, "/v1/query", body);
  const text = await response.text();
  expect([response.status, JSON.parse(text).error.code]).toEqual([status, code]);
  expect(text).not.toContain(SECRET);
});

it("refuses too much also of a body whose length nobody told", async () => {
  const chunk = new TextEncoder().encode("x".repeat(65_536));
  let sent = 0;
  const body = new ReadableStream({
    pull: (controller) => (sent++ < 40 ? controller.enqueue(chunk) : controller.close()),
  });
  const init = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" };
  const response = await fetch(`${served.url}/v1/query`, init as RequestInit).catch(() => undefined);
  // A client that is still writing may see the connection close before it reads the answer.
  if (response !== undefined) expect(response.status).toBe(413);
  expect((await fetch(`${served.url}/health`)).status).toBe(200);
});

it("takes 100 documents in one request, and no more", async () => {
  const documents = Array.from({ length: 101 }, (_, n) => ({ id: `d${n}`, text: "x" }));
  const add = (count: number) =>
    post(served.url, "/v1/indexes/add_docs", { name: "help", documents: documents.slice(0, count) });
  expect((await add(100)).status).toBe(200);
  const response = await add(101);
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    error: { code: "server.payload_too_large", details: { limit: "documentsPerRequest", maximum: 100 } },
  });
});

it("knows its paths, and how they are called", async () => {
  const unknown = await fetch(`${served.url}/v1/../../etc/passwd`);
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ error: { code: "server.not_found" } });
  const wrong = await fetch(`${served.url}/v1/query`);
  expect(wrong.status).toBe(405);
  expect(await wrong.json()).toMatchObject({ error: { code: "server.method_not_allowed" } });
});

/** Anything, with what somebody said in most of it. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(SECRET, "", "help", 0, -1, 1e308, true, null, [], {}, [SECRET], { id: SECRET }, [[]]),
  fc.constantFrom<unknown>(
    { user: SECRET, text: SECRET },
    { user: { id: 7, name: SECRET } },
    "../../x",
    "\u0000",
    "'; --",
  ),
  fc.jsonValue(),
);
const names = [...new Set(METHOD_NAMES.flatMap((name) => [...METHODS[name].params]))];
const requests = fc.record({
  name: fc.constantFrom(...METHOD_NAMES),
  own: fc.array(anything, { minLength: 3, maxLength: 3 }),
  more: fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 1 }),
  cut: fc.option(fc.nat(200), { freq: 8 }),
});

it("answers 500 malformed requests without failing, and without a word of what was said", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(requests, async ({ name, own, more, cut }) => {
      const { path, params } = METHODS[name];
      const body = JSON.stringify({ ...more, ...Object.fromEntries(params.map((param, n) => [param, own[n]])) });
      const response = await post(served.url, path, cut === null ? body : body.slice(0, cut));
      const text = await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect(response.status).toBeLessThan(500);
      if (response.status >= 400) {
        expect(JSON.parse(text).error.code).toMatch(/^[a-z]+\.[a-z_]+$/);
        expect(text).not.toContain(SECRET);
      }
    }),
    { numRuns: 500, seed: 20 },
  );
  expect(statuses.get(400)).toBeGreaterThan(300);
  expect(served.logged.join()).not.toContain(SECRET);
  expect((await served.inner.query("kept", "router")).hits.length).toBeGreaterThan(0);
}, 60_000);
