import fc from "fast-check";
import { analyze, clearAnalysisCache } from "./analyze.ts";
import { analyzeQuery } from "./analyze-query.ts";

const terms = (text: string) => analyze(text).map((term) => term.text);
const queryTerms = (text: string) => analyzeQuery(text).map(({ term }) => term);

/** Whether every term that the query is searched by is a term of the text. */
const finds = (query: string, text: string) => {
  const known = new Set(terms(text));
  const wanted = queryTerms(query);
  return wanted.length > 0 && wanted.every((term) => known.has(term));
};

/** Whether some term of the query is a term of the text. */
const touches = (query: string, text: string) => queryTerms(query).some((term) => terms(text).includes(term));

describe("analyze", () => {
  it("stems English words, in any case", () => {
    expect(terms("Parking RUNNING opened relational")).toEqual(["park", "run", "open", "relat"]);
    expect(finds("refunds", "Refunding a ticket")).toBe(true);
  });

  it("marks stop words, and never stems them into another word", () => {
    expect(analyze("Does John Doe")).toEqual([
      { text: "does", stopWord: true },
      { text: "john", stopWord: false },
      { text: "doe", stopWord: false },
    ]);
  });

  const identifiers = [
    "SKU-4471-B",
    "X200",
    "v2.3.1",
    "$49.99",
    "€1,299.00",
    "2026-11-21",
    "21/11/2026",
    "12:30",
    "RFC-2119",
    "jane.doe@example.com",
    "https://example.com/docs/a-b?x=1#top",
    "node_modules",
    "createIndex",
    "XMLHttpRequest",
    "C++",
    "C#",
    "192.168.0.1",
    "AT&T",
    "550e8400-e29b-41d4-a716-446655440000",
    "+49 89 1234",
    "50%",
    "B2B",
    "./src/engine/kernel.ts",
    "ＡＢＣ１２３",
    "Ünïcode",
    "№5",
    "1st",
    "O'Brien",
    "don't",
    "snake_case_name",
    "@sotto/core",
    "a1b2c3d4e5f6",
  ];

  it.each(identifiers)("finds %s as it is written, in any case and inside a sentence", (identifier) => {
    const sentence = `Please look for ${identifier}, and then (${identifier}).`;
    for (const query of [identifier, identifier.toLowerCase(), identifier.toUpperCase()]) {
      expect(finds(query, identifier)).toBe(true);
    }
    expect(finds(identifier, sentence)).toBe(true);
    expect(finds(identifier.toLowerCase(), sentence)).toBe(true);
  });

  it.each([
    ["4471", "SKU-4471-B"],
    ["4471-B", "SKU-4471-B"],
    ["sku 4471 b", "SKU-4471-B"],
    ["sku4471b", "SKU-4471-B"],
    ["X 200", "X200"],
    ["X-200", "X200"],
    ["2.3.1", "v2.3.1"],
    ["49", "$49.99"],
    ["1299", "$1,299"],
    ["2026", "2026-11-21"],
    ["2119", "RFC-2119"],
    ["example", "jane.doe@example.com"],
    ["node modules", "node_modules"],
    ["node_modules", "./node_modules/a"],
    ["create index", "createIndex"],
    ["create-index", "createIndex"],
    ["indexes", "createIndex"],
    ["create_indexes", "createIndex"],
    ["email", "e-mail"],
    ["wi fi", "Wi-Fi"],
    ["100 ms", "100ms"],
    ["cafe", "Café"],
    ["strasse", "Straße"],
    ["the customer's", "customers"],
    ["api", "APIs"],
    ["http request", "XMLHttpRequest"],
    ["hopital", "l'hôpital"],
    ["kernel", "src/engine/kernel.ts"],
  ])("by %s finds %s", (query, text) => {
    expect(touches(query, text)).toBe(true);
  });

  it("keeps numbers and identifiers apart that differ", () => {
    expect(terms("2026-11-21")[0]).not.toBe(terms("2026-11-12")[0]);
    expect(terms("2.31")).not.toContain(terms("23.1")[0]);
    expect(terms("49.99")).not.toContain("4999");
    expect(terms("runs 100s")).toEqual(["run", "100s", "100", "s"]);
  });

  it("finds words of scripts without spaces by any part", () => {
    expect(finds("駐車場", "東京の駐車場はどこ")).toBe(true);
    expect(finds("猫", "黒猫がいる")).toBe(true);
    expect(finds("ケース", "iPhoneケース")).toBe(true);
    expect(finds("iphone", "iPhoneケース")).toBe(true);
    expect(finds("ที่จอดรถ", "มีที่จอดรถไหม")).toBe(true);
    expect(finds("주차장", "주차장은 어디")).toBe(true);
    expect(finds("𠮷野家", "𠮷野家へ")).toBe(true);
    expect(finds("парковка", "Где парковка?")).toBe(true);
    expect(finds("موقف", "أين موقف السيارات")).toBe(true);
  });

  it("says the same with a cold and a warm memory of words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const warm = terms(text);
        clearAnalysisCache();
        expect(terms(text)).toEqual(warm);
      }),
    );
  });

  it("gives no empty, cased or endless term for any text, and the whole text's terms from its words", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 })), (words) => {
        for (const term of terms(words.join(" "))) {
          expect(term).not.toBe("");
          expect(term).toBe(term.toLowerCase());
        }
      }),
    );
    for (const text of [
      "a".repeat(50_000),
      "a-".repeat(50_000),
      "-".repeat(100_000),
      `a${"1".repeat(99_999)}`,
      "aA1".repeat(30_000),
      "https://".repeat(9_000),
    ]) {
      expect(Math.max(0, ...terms(text).map((term) => term.length))).toBeLessThanOrEqual(256);
    }
  });
});

describe("analyzeQuery", () => {
  it("counts terms, and drops stop words unless there is nothing else", () => {
    expect(analyzeQuery("Where is the gate, the other gate?")).toEqual([
      { term: "gate", weight: 2 },
      { term: "other", weight: 1 },
    ]);
    expect(queryTerms("to be or the")).toEqual(["to", "be", "or", "the"]);
    expect(queryTerms("?!")).toEqual([]);
  });
});
