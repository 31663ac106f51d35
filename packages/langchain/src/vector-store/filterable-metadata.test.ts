import { filterableMetadata } from "./filterable-metadata.ts";

describe("filterableMetadata", () => {
  it("takes what filters can compare, nested fields by dotted names", () => {
    const metadata = {
      source: "faq.md",
      page: 3,
      draft: false,
      place: [52.5, 13.4],
      tags: ["garden", "tools"],
      loc: { lines: { from: 1, to: 9 } },
    };
    expect(filterableMetadata(metadata)).toEqual({
      source: "faq.md",
      page: 3,
      draft: false,
      place: [52.5, 13.4],
      tags: ["garden", "tools"],
      "loc.lines.from": 1,
      "loc.lines.to": 9,
    });
  });

  it("leaves out what they cannot compare", () => {
    const metadata = {
      years: [2024, 2025, 2026],
      mixed: ["a", 1],
      sentences: ["x".repeat(4_097)],
      none: null,
      nan: Number.NaN,
      "two words": 1,
      far: [91, 0],
      long: "x".repeat(4_097),
    };
    expect(filterableMetadata(metadata)).toEqual({});
  });

  it("takes only the named fields", () => {
    expect(filterableMetadata({ a: 1, b: { c: 2, d: 3 } }, ["b.c"])).toEqual({ "b.c": 2 });
  });
});
