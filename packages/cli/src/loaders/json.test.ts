import { jsonLoader } from "./json.ts";
import type { RecordOptions } from "./loader.ts";

const load = (value: unknown, options: RecordOptions = {}) =>
  jsonLoader.load({ name: "a.json", bytes: new TextEncoder().encode(JSON.stringify(value)) }, options);

it("makes each object of an array a document; its other fields are metadata", () => {
  expect(load([{ id: "r1", title: "Returns", text: "30 days", price: 5, tags: { a: 1 } }])).toEqual([
    {
      key: "r1",
      title: "Returns",
      text: "30 days",
      metadata: { id: "r1", title: "Returns", price: 5, tags: { a: 1 }, row: 1 },
    },
  ]);
});

it("finds the rows in an object's only array of objects", () => {
  expect(load({ version: 3, documents: [{ body: "one" }, { body: "two" }] })).toMatchObject([
    { key: "1", text: "one" },
    { key: "2", text: "two" },
  ]);
});

it("takes an object without such an array as one document", () => {
  expect(load({ content: "whole", tags: ["a", "b"] })).toEqual([
    { text: "whole", metadata: { tags: ["a", "b"], row: 1 } },
  ]);
});

it("takes strings as texts and keeps a question with its answer", () => {
  expect(load(["hello", { question: "How long?", answer: "30 days." }])).toMatchObject([
    { key: "1", text: "hello" },
    { key: "2", text: "How long?\n30 days.", title: "How long?" },
  ]);
});

it("takes the named fields as text and id", () => {
  const rows = [{ sku: "A-1", name: "Pump", info: "drains" }];
  expect(load(rows, { textFields: ["name", "info"], idField: "sku" })).toMatchObject([
    { key: "A-1", text: "Pump\ndrains" },
  ]);
});

it("names the fields that there are when a named one is missing", () => {
  expect(() => load([{ a: "x", b: "y" }], { textFields: ["body"] })).toThrow(
    'no row has the text field "body"; there are: a, b',
  );
});

it("numbers the rows when ids repeat, and refuses them when the field was named", () => {
  const rows = [
    { id: 7, text: "one" },
    { id: 7, text: "two" },
  ];
  expect(load(rows)).toMatchObject([{ key: "1" }, { key: "2" }]);
  expect(() => load(rows, { idField: "id" })).toThrow('rows 1 and 2 have the same id "7"');
});

it("refuses rows that are neither objects nor strings, and what is not JSON", () => {
  expect(() => load([{ text: "a" }, 5])).toThrow("row 2 is a number; it must be an object or a string");
  expect(() => jsonLoader.load({ name: "a.json", bytes: new TextEncoder().encode("{") }, {})).toThrow("not JSON: ");
});
