import { cleanMetadata } from "./clean-metadata.ts";

it("keeps what a filter can compare, nested fields by dotted names, and names what it has no room for", () => {
  const fields = {
    s: "x",
    n: 1,
    b: false,
    place: [52.5, 13.4],
    at: new Date("2026-03-01T00:00:00Z"),
    none: null,
    nested: { size: { width: 3 }, colour: "red" },
    nan: Number.NaN,
    tags: ["garden", "tools", "garden"],
    years: [2024, 2025, 2026],
    lines: [{ sku: "A" }, { sku: "B" }],
    long: "x".repeat(5_000),
  };
  expect(cleanMetadata(fields)).toEqual({
    metadata: {
      s: "x",
      n: 1,
      b: false,
      place: [52.5, 13.4],
      at: "2026-03-01T00:00:00.000Z",
      "nested.size.width": 3,
      "nested.colour": "red",
      tags: ["garden", "tools"],
      years: ["2024", "2025", "2026"],
      "lines.sku": ["A", "B"],
    },
    dropped: [{ name: "long", text: "x".repeat(5_000) }],
  });
});

it("keeps names of every script, makes the others usable, and keeps the loaders' own names free", () => {
  const fields = { "Price (EUR)": 5, "Price [EUR]": 6, "2nd": "y", source: "web", type: "faq", цена: 7, 在庫: 4 };
  expect(cleanMetadata(fields).metadata).toEqual({
    Price__EUR_: 5,
    Price__EUR__2: 6,
    _2nd: "y",
    source_: "web",
    type_: "faq",
    цена: 7,
    在庫: 4,
  });
});

it("stays below the limit of fields and says which are over it", () => {
  const fields = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, i]));
  const { metadata, dropped } = cleanMetadata(fields);
  expect(Object.keys(metadata)).toHaveLength(48);
  expect(dropped).toHaveLength(152);
  expect(dropped[0]).toEqual({ name: "f48", text: "48" });
});
