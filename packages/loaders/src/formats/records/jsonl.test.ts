import { load } from "../../load.ts";

const loadLines = async (text: string, strict = false) => {
  const { documents, report } = await load(Buffer.from(text), { name: "a.jsonl", strict });
  return { report, rows: documents.map(({ id, text: own }) => [id, own]) };
};

it("makes each line a document, numbered by line", async () => {
  expect((await loadLines('{"text":"one"}\n\n{"text":"two","n":1}\n')).rows).toEqual([
    ["a.jsonl:1", "one"],
    ["a.jsonl:3", "two"],
  ]);
});

it("names the line that is not JSON and keeps the others", async () => {
  const text = '{"text":"one"}\n{"text":"tw\n{"text":"three"}\n{"text":"fo';
  const { rows, report } = await loadLines(text);
  expect(rows.map(([id]) => id)).toEqual(["a.jsonl:1", "a.jsonl:3"]);
  expect(report.leftOut).toMatchObject([
    { place: "line 2", reason: "bad line", chars: 6, what: "Unterminated string" },
    { place: "line 4", reason: "bad line", chars: 6 },
  ]);
  await expect(loadLines(text, true)).rejects.toMatchObject({
    code: "loader.strict",
    message: "line 2: bad line (Unterminated string)",
  });
  await expect(loadLines("no\njson\n")).rejects.toThrow("line 1 is not JSON: not JSON");
});
