import { cleanMetadata } from "./clean-metadata.ts";

it("keeps what a filter can compare and leaves out the rest", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  expect(
    cleanMetadata({
      s: "x",
      n: 1,
      b: false,
      place: [52.5, 13.4],
      at,
      none: null,
      nested: {},
      nan: Number.NaN,
      list: [1, 2, 3],
      long: "x".repeat(5_000),
    }),
  ).toEqual({ s: "x", n: 1, b: false, place: [52.5, 13.4], at: "2026-03-01T00:00:00.000Z" });
});

it("makes field names usable and keeps the loaders' own names free", () => {
  expect(cleanMetadata({ "Price (EUR)": 5, "2nd": "y", source: "web", type: "faq" })).toEqual({
    Price__EUR_: 5,
    _2nd: "y",
    source_: "web",
    type_: "faq",
  });
});

it("stays below the limit of fields", () => {
  const fields = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, i]));
  expect(Object.keys(cleanMetadata(fields))).toHaveLength(48);
});
