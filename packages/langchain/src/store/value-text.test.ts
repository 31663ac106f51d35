import { valueText } from "./value-text.ts";

const value = {
  title: "Snow",
  year: 2026,
  chapters: [{ content: "one" }, { content: "two" }, { other: "x" }],
  nested: { deep: { text: "down" } },
  none: null,
};

describe("valueText", () => {
  it.each([
    [["$"], "Snow\n2026\none\ntwo\nx\ndown"],
    [["title", "year"], "Snow\n2026"],
    [["chapters[*].content"], "one\ntwo"],
    [["chapters[0].content", "chapters[-1].other"], "one\nx"],
    [["nested.deep.text"], "down"],
    [["nested"], "down"],
    [["missing", "title.deeper", "none", "toString"], ""],
  ])("reads %j", (fields, text) => {
    expect(valueText(value, fields)).toBe(text);
  });
});
