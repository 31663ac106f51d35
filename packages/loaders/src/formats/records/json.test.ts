import { load } from "../../load.ts";
import type { LoadOptions } from "../../options.ts";

const loadText = async (text: string, options: LoadOptions = {}) => {
  const { documents, report } = await load(Buffer.from(text), { name: "a.json", ...options });
  return {
    report,
    rows: documents.map(({ id, text: own, title, metadata = {} }) => {
      const { source: _s, type: _t, contentHash: _c, parts: _p, ...rest } = metadata;
      return { id: id.replace(/^a\.json:?/, ""), text: own, title, metadata: rest };
    }),
  };
};
const loadJson = (value: unknown, options: LoadOptions = {}) => loadText(JSON.stringify(value), options);
const textsOf = async (value: unknown) => (await loadJson(value)).rows.map(({ text }) => text);

it("makes each object of an array a document; its other fields are metadata and searched", async () => {
  expect(await loadJson([{ id: "r1", title: "Returns", text: "30 days", price: 5, size: { width: 3 } }])).toMatchObject(
    {
      rows: [
        {
          id: "r1",
          text: "30 days\ntitle: Returns",
          metadata: { id: "r1", title: "Returns", price: 5, "size.width": 3, row: 1, place: "a.json:1" },
        },
      ],
      report: { charsLeftOut: 0 },
    },
  );
});

it("takes documents in Sotto's own form as they are", async () => {
  const metadata = { area: "shop", year: 2026, tags: ["a", "b"] };
  const { rows } = await loadJson([
    { id: "d1", title: "Seals", text: "Two years.", metadata },
    { id: "d2", text: "x" },
  ]);
  expect(rows).toMatchObject([
    { id: "d1", text: "Two years.", title: "Seals", metadata },
    { id: "d2", text: "x" },
  ]);
});

it("finds the rows wherever they are", async () => {
  const rows = [{ body: "one" }, { body: "two" }];
  expect((await textsOf({ version: 3, documents: rows })).slice(0, 2)).toEqual(["one", "two"]);
  expect((await textsOf({ results: rows, warnings: [], page: 1 })).slice(0, 2)).toEqual(["one", "two"]);
  expect((await textsOf({ status: "ok", response: { page: { items: rows } } })).slice(0, 2)).toEqual(["one", "two"]);
  expect(await textsOf({ "K-1": { name: "Oven", text: "Hot." }, "K-2": { name: "Fridge", text: "Cold." } })).toEqual([
    "Hot.\nname: Oven",
    "Cold.\nname: Fridge",
  ]);
  expect(
    await textsOf({
      columns: ["name", "city"],
      data: [
        ["Oven", "Ulm"],
        ["Fridge", "Kiel"],
      ],
    }),
  ).toEqual(["name: Oven\ncity: Ulm", "name: Fridge\ncity: Kiel"]);
  expect(
    await textsOf([
      ["name", "city"],
      ["Oven", "Ulm"],
    ]),
  ).toEqual(["name: Oven\ncity: Ulm"]);
});

it("loses nothing of several arrays, nor of what stands beside them", async () => {
  const { rows, report } = await loadJson({
    shop: "Ulm",
    ovens: [{ text: "Oven one is hot" }, { text: "Oven two is hotter" }],
    fridges: [{ text: "Cold" }],
  });
  expect(rows.map(({ id }) => id)).toEqual(["1", "2", "fridges:1"]);
  expect(rows.map(({ metadata }) => metadata.shop)).toEqual(["Ulm", "Ulm", "Ulm"]);
  expect(report.charsLeftOut).toBe(0);
  const about = "All prices include the tax of this year. ".repeat(10);
  expect((await loadJson({ about, items: [{ text: "x" }] })).rows.map(({ id }) => id)).toEqual(["1", "beside"]);
});

it("takes an object without rows as one document, nested fields and paragraphs included", async () => {
  expect((await loadJson({ content: "whole", tags: ["a", "b"] })).rows).toMatchObject([
    { id: "", text: "whole\ntags: a, b", metadata: { tags: ["a", "b"] } },
  ]);
  const page = { title: "Oven care", paragraphs: ["Let it cool.", "Wipe it."], author: { name: "Kim" } };
  expect((await loadJson(page)).rows).toMatchObject([
    {
      text: "Let it cool.\n\nWipe it.\ntitle: Oven care\nauthor.name: Kim",
      metadata: { title: "Oven care", "author.name": "Kim" },
    },
  ]);
});

it("flattens nested objects and lists in rows", async () => {
  const row = {
    name: { common: "Westmark" },
    capital: ["Hollin"],
    lines: [
      { sku: "A", n: 2 },
      { sku: "B", n: 1 },
    ],
  };
  expect((await loadJson([row])).rows).toMatchObject([
    {
      text: "name.common: Westmark\ncapital: Hollin\nlines: sku A, n 2\nlines: sku B, n 1",
      metadata: { "name.common": "Westmark", capital: ["Hollin"], "lines.sku": ["A", "B"] },
      title: "Westmark",
    },
  ]);
});

it("reads chats with content as text and as parts, one document a message or a conversation", async () => {
  const parts = [{ type: "text", text: "The lid is stuck." }];
  expect(
    (
      await loadJson([
        { role: "user", content: parts },
        { role: "assistant", content: "Turn it." },
      ])
    ).rows,
  ).toMatchObject([
    { text: "The lid is stuck.", metadata: { role: "user" } },
    { text: "Turn it.", metadata: { role: "assistant" } },
  ]);
  const chat = {
    id: "c1",
    messages: [
      { role: "user", content: parts },
      { role: "assistant", content: "Turn it." },
    ],
  };
  expect((await loadJson([chat, { id: "c2", messages: [{ role: "user", content: "Hello?" }] }])).rows).toMatchObject([
    { id: "c1", text: "User: The lid is stuck.\n\nAssistant: Turn it." },
    { id: "c2", text: "User: Hello?" },
  ]);
});

it("reads GeoJSON, places as [latitude, longitude]", async () => {
  const feature = {
    type: "Feature",
    properties: { name: "Depot" },
    geometry: { type: "Point", coordinates: [9.7, 52.4] },
  };
  expect((await loadJson({ type: "FeatureCollection", features: [feature] })).rows).toMatchObject([
    { text: expect.stringContaining("name: Depot"), title: "Depot", metadata: { location: [52.4, 9.7] } },
  ]);
});

it("takes strings as texts and keeps a question with its answer", async () => {
  expect((await loadJson(["hello", { question: "How long?", answer: "30 days." }])).rows).toMatchObject([
    { id: "1", text: "hello" },
    { id: "2", text: "How long?\n30 days.", title: "How long?" },
  ]);
});

it("takes the named fields as text and id, whatever their case", async () => {
  const rows = [{ sku: "A-1", name: "Pump", info: "drains" }];
  expect((await loadJson(rows, { textFields: ["Name", "info"], idField: "SKU" })).rows).toMatchObject([
    { id: "A-1", text: "Pump\ndrains\nsku: A-1" },
  ]);
  await expect(loadJson([{ a: "x", b: "y" }], { textFields: ["body"] })).rejects.toThrow(
    'no row has the text field "body"; there are: a, b',
  );
});

it("numbers the rows when ids repeat, and tells rows of one id apart when the field was named", async () => {
  const rows = [
    { id: 7, text: "one" },
    { id: 7, text: "two" },
  ];
  expect((await loadJson(rows)).rows).toMatchObject([{ id: "1" }, { id: "2" }]);
  const named = await loadJson(rows, { idField: "id" });
  expect(named.rows).toMatchObject([{ id: "7" }, { id: "7.2" }]);
  expect(named.report.leftOut).toMatchObject([{ place: "row 2", what: 'the id "7" is given again' }]);
});

it("names rows without a text and keeps the others", async () => {
  const { rows, report } = await loadJson([{ text: "a" }, null, { text: "" }, ["x"], 5]);
  expect(rows.map(({ id, text }) => [id, text])).toEqual([
    ["1", "a"],
    ["4", "x"],
    ["5", "5"],
  ]);
  expect(report.leftOut).toEqual([
    { place: "row 2", reason: "no text", chars: 0 },
    { place: "row 3", reason: "no text", chars: 0 },
  ]);
});

it("leaves vectors out and names them", async () => {
  const { rows, report } = await loadJson([{ text: "a", embedding: new Array(64).fill(0.25) }]);
  expect(rows[0]?.text).toBe("a");
  expect(report.leftOut).toEqual([
    { place: "row 1", reason: "embedded", chars: 0, what: "embedding is a list of 64 numbers" },
  ]);
});

it("keeps the rows of a damaged file without the damaged ones", async () => {
  const cut = await loadText('[{"text":"one"},{"text":"two"},{"text":"thr');
  expect(cut.rows.map(({ text }) => text)).toEqual(["one", "two"]);
  expect(cut.report.leftOut).toMatchObject([{ place: "row 3", reason: "bad row" }]);
  const comma = await loadText('{\n// a comment\n"items": [{"text":"one"},],\n}');
  expect(comma.rows.map(({ text }) => text)).toEqual(["one"]);
  expect(comma.report.leftOut).toMatchObject([
    { place: "line 2", reason: "comment", chars: 8 },
    { reason: "read as written" },
  ]);
  await expect(loadText('[{"text":"one"},{"text":')).resolves.toMatchObject({ rows: [{ text: "one" }] });
  await expect(loadText('[{"text":"one"},{"text":"tw', { strict: true })).rejects.toMatchObject({
    code: "loader.strict",
  });
  for (const text of ["{", "", "nonsense", '{"a":'])
    await expect(loadText(text)).rejects.toMatchObject({
      code: "loader.unreadable",
      message: expect.stringMatching(/^not JSON/),
    });
});

it("reads JSON lines in a .json file", async () => {
  expect((await loadText('{"text":"one"}\n{"text":"two"}\n')).rows.map(({ text }) => text)).toEqual(["one", "two"]);
});

it("refuses records of too many fields and values nested too deep, and does not mind many rows or names", async () => {
  const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n]));
  await expect(loadJson([wide])).rejects.toMatchObject({ code: "loader.limit", details: { limit: "columns" } });
  await expect(loadText(`[${"[".repeat(2_000)}${"]".repeat(2_000)}]`)).rejects.toMatchObject({ code: "loader.limit" });
  const { rows, report } = await loadJson(wide);
  expect(rows).toHaveLength(1);
  expect(report.charsLeftOut).toBe(0);
});

it("says that a name given twice lost a value", async () => {
  const { report } = await loadText('[{"a":"x: \\"y\\": z","b":{"c":"one",\n"c":"two"}}]');
  expect(report.leftOut).toEqual([
    { place: "line 2", reason: "bad row", chars: 0, what: '"c" stands there twice: only its last value is kept' },
  ]);
});
