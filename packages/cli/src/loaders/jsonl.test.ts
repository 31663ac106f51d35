import { jsonlLoader } from "./jsonl.ts";

const load = (text: string) => jsonlLoader.load({ name: "a.jsonl", bytes: new TextEncoder().encode(text) }, {});

it("makes each line a document named by its line", () => {
  expect(load('{"text":"one"}\n\n{"text":"two","n":2}\n')).toEqual([
    { key: "1", text: "one", metadata: { row: 1 } },
    { key: "3", text: "two", metadata: { n: 2, row: 3 } },
  ]);
});

it("names the line that is not JSON", () => {
  expect(() => load('{"text":"one"}\n{"text":')).toThrow("line 2 is not JSON: ");
});

it("leaves out rows without any text", () => {
  expect(load('{"text":""}\n{"text":"two"}')).toMatchObject([{ key: "2", text: "two" }]);
});
