import { defaultLimits } from "../../limits.ts";
import { validateDocuments } from "./validate-documents.ts";
import { validateMetadata } from "./validate-metadata.ts";
import { validateName } from "./validate-name.ts";
import { validateQuery } from "./validate-query.ts";

const failsWith = (fields: Record<string, unknown>) => expect.objectContaining(fields);
const rules = { limits: defaultLimits, dimensions: 4 };
const check = (...documents: unknown[]) => validateDocuments(documents, rules);
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const cycle: Record<string, unknown> = { a: {} };
cycle.a = { back: cycle };

describe("validateDocuments", () => {
  it("takes every kind of document that an index can hold", () => {
    const shared = { deep: [1] };
    expect(() =>
      check(
        { id: "a", text: "text" },
        { id: "k", text: "text", title: "t".repeat(1_000) },
        { id: "b", text: "", embedding: [0, 0, 0, 1] },
        { id: "c", text: " ", embedding: Float32Array.of(1, 2, 3, 4) },
        { id: "d", text: "t", metadata: { s: "", n: -1.5, b: false, at: [-90, 180], "x.y-z": 1 } },
        { id: "e", text: "t", payload: { n: null, list: [1, "two", { three: true }], left: undefined } },
        { id: "f", text: "t", payload: null },
        { id: "g", text: "t", payload: [shared, shared] },
        { id: "h", text: "t", payload: nested(200) },
        { id: "i".repeat(512), text: "t".repeat(100_000) },
        { id: "j", text: "t", metadata: JSON.parse('{"__proto__": 1, "constructor": "x"}') },
      ),
    ).not.toThrow();
    expect(() => validateDocuments([], rules)).not.toThrow();
    expect(() => validateDocuments([{ id: "a", text: "", embedding: [1] }], { limits: defaultLimits })).not.toThrow();
  });

  it.each<[string, unknown, RegExp]>([
    ["null", null, /document 0 of the call is null/],
    ["a string", "text", /document 0 of the call is a string/],
    ["an array", [], /an array of 0/],
    ["no id", { text: "t" }, /id of document 0 of the call must be a string, not undefined/],
    ["a number as id", { id: 7, text: "t" }, /must be a string, not 7/],
    ["an empty id", { id: "", text: "t" }, /is empty/],
    ["a control character in the id", { id: "a\u0000b", text: "t" }, /control character/],
    ["half a surrogate pair in the id", { id: "a\ud800", text: "t" }, /surrogate/],
    ["no text", { id: "a" }, /"a".*text must be a string, not undefined/],
    ["an empty text", { id: "a", text: " \n" }, /text is empty/],
    ["null metadata", { id: "a", text: "t", metadata: null }, /metadata must be an object of fields, not null/],
    ["a list as metadata", { id: "a", text: "t", metadata: ["x"] }, /not an array of 1/],
    ["null as a value", { id: "a", text: "t", metadata: { price: null } }, /"price" is null/],
    ["undefined as a value", { id: "a", text: "t", metadata: { price: undefined } }, /"price" is undefined/],
    ["an object as a value", { id: "a", text: "t", metadata: { price: { eur: 1 } } }, /"price" is an object/],
    ["NaN as a value", { id: "a", text: "t", metadata: { price: Number.NaN } }, /"price" is NaN/],
    ["a Date as a value", { id: "a", text: "t", metadata: { on: new Date(0) } }, /"on" is an instance of Date/],
    [
      "a list of numbers as a value",
      { id: "a", text: "t", metadata: { years: [1, 2, 3] } },
      /"years" is an array of 3/,
    ],
    ["a list of lists", { id: "a", text: "t", metadata: { tags: [["x"], "y"] } }, /"tags" is an array of 2/],
    ["a list with a number", { id: "a", text: "t", metadata: { tags: ["x", 1] } }, /or a list of strings/],
    ["a list with a hole", { id: "a", text: "t", metadata: { tags: new Array(2) } }, /or a list of strings/],
    [
      "a latitude out of range",
      { id: "a", text: "t", metadata: { at: [91, 0] } },
      /"at" is \[latitude 91, longitude 0\].*latitude in -90 to 90/,
    ],
    ["a number as title", { id: "a", text: "t", title: 7 }, /"a".*title must be a string that is not blank, not 7/],
    ["a blank title", { id: "a", text: "t", title: " " }, /title must be a string that is not blank/],
    ["a longitude out of range", { id: "a", text: "t", metadata: { at: [0, -181] } }, /"at" is .*longitude -181/],
    ["an operator as a field", { id: "a", text: "t", metadata: { $eq: 1 } }, /"\$eq" has no valid name/],
    ["a function in the payload", { id: "a", text: "t", payload: { f: () => 1 } }, /payload.f is a function/],
    ["a bigint in the payload", { id: "a", text: "t", payload: [1n] }, /payload\[0\] is a bigint/],
    ["Infinity in the payload", { id: "a", text: "t", payload: { x: [Infinity] } }, /payload.x\[0\] is Infinity/],
    ["undefined in a list", { id: "a", text: "t", payload: [undefined] }, /payload\[0\] is undefined/],
    [
      "a Date in the payload",
      { id: "a", text: "t", payload: { on: new Date(0) } },
      /payload.on is an instance of Date/,
    ],
    ["a cycle in the payload", { id: "a", text: "t", payload: cycle }, /payload.a.back contains itself/],
    ["a toJSON in the payload", { id: "a", text: "t", payload: { toJSON: () => undefined } }, /toJSON/],
    ["a payload too deep", { id: "a", text: "t", payload: nested(201) }, /deeper than 200/],
  ])("refuses %s", (_, document, message) => {
    expect(() => check(document)).toThrow(
      failsWith({ code: "document.invalid", message: expect.stringMatching(message) }),
    );
  });

  it.each<[string, unknown, RegExp]>([
    ["of the wrong length", [1, 2, 3], /3 values; the index has 4 dimensions/],
    ["with NaN", [1, 2, Number.NaN, 4], /value 2 is NaN/],
    ["too large to be scaled", [1, 2, -1e18, 4], /value 2 is -1000000000000000000, over 100000000000000000/],
    ["with a string", [1, 2, "3", 4], /value 2 is a string/],
    ["with a hole", new Array(4), /value 0 is undefined/],
    ["of zeros", new Float32Array(4), /every value is zero/],
    ["too small to be scaled", [1e-20, 0, 0, 0], /every value is zero/],
    ["of bytes", new Uint8Array(4), /not an instance of Uint8Array/],
    ["null", null, /not null/],
  ])("refuses an embedding %s", (_, embedding, message) => {
    expect(() => check({ id: "a", text: "t", embedding })).toThrow(
      failsWith({ code: "embedding.invalid", documentId: "a", message: expect.stringMatching(message) }),
    );
  });

  it("names the limit and both numbers", () => {
    const over = (limit: string, maximum: number, actual: number) =>
      failsWith({ code: "limit.exceeded", limit, maximum, actual });
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`f${n}`, n]));
    expect(() => check({ id: "i".repeat(513), text: "t" })).toThrow(over("documentIdChars", 512, 513));
    expect(() => check({ id: "a", text: "t".repeat(100_001) })).toThrow(over("documentChars", 100_000, 100_001));
    expect(() => check({ id: "a", text: "t", metadata: many })).toThrow(over("metadataFields", 64, 65));
    expect(() => check({ id: "a", text: "t", metadata: { s: "x".repeat(4_097) } })).toThrow(
      over("metadataValueChars", 4_096, 4_097),
    );
    expect(() => check({ id: "a", text: "t", metadata: { tags: ["x", "x".repeat(4_097)] } })).toThrow(
      over("metadataValueChars", 4_096, 4_097),
    );
    expect(() => check({ id: "a", text: "t", metadata: { tags: new Array(1_001).fill("x") } })).toThrow(
      over("metadataListItems", 1_000, 1_001),
    );
    const limits = { ...defaultLimits, payloadBytes: 10, documentsPerCall: 2 };
    const small = (...documents: unknown[]) => validateDocuments(documents, { limits });
    expect(() => small({ id: "a", text: "t", payload: "éééé" })).not.toThrow();
    expect(() => small({ id: "a", text: "t", payload: "ééééé" })).toThrow(over("payloadBytes", 10, 12));
    const one = { id: "a", text: "t" };
    expect(() => small(one, one, one)).toThrow(over("documentsPerCall", 2, 3));
  });

  it("refuses two documents with one id, and says which", () => {
    expect(() => check({ id: "a", text: "t" }, { id: "b", text: "t" }, { id: "a", text: "u" })).toThrow(
      failsWith({ code: "document.duplicate_id", documentId: "a", firstPosition: 0, secondPosition: 2 }),
    );
  });

  it("refuses what is no array", () => {
    for (const documents of [undefined, null, {}, "text"]) {
      expect(() => validateDocuments(documents, rules)).toThrow(
        failsWith({ code: "argument.invalid", argument: "documents" }),
      );
    }
  });

  it("takes lists of strings as metadata", () => {
    expect(() => check({ id: "a", text: "t", metadata: { tags: ["garden", "tools"], none: [] } })).not.toThrow();
  });

  it("checks metadata of an index by the same rules", () => {
    expect(() => validateMetadata({ lang: "en" }, undefined, defaultLimits)).not.toThrow();
    expect(() => validateMetadata({ lang: null }, undefined, defaultLimits)).toThrow(
      failsWith({ code: "document.invalid" }),
    );
  });
});

describe("validateQuery", () => {
  const query = (text: unknown, options: unknown = {}) => validateQuery(text, options, rules);

  it("takes a text, an embedding, or both", () => {
    expect(() =>
      query("gate", { topK: 1_000, alpha: 0, minScore: 1, explain: true, groupBy: "parent", rerank: false }),
    ).not.toThrow();
    expect(() => query("", { embedding: [0, 1, 0, 0] })).not.toThrow();
    expect(() => query("gate", { topK: undefined, alpha: undefined })).not.toThrow();
  });

  it.each<[unknown, unknown, string]>([
    [undefined, {}, "text"],
    [" ", {}, "text"],
    ["gate", null, "options"],
    ["gate", { topK: 0 }, "topK"],
    ["gate", { topK: 1.5 }, "topK"],
    ["gate", { topK: "5" }, "topK"],
    ["gate", { alpha: 1.1 }, "alpha"],
    ["gate", { alpha: Number.NaN }, "alpha"],
    ["gate", { minScore: -0.1 }, "minScore"],
    ["gate", { explain: 1 }, "explain"],
    ["gate", { rerank: "yes" }, "rerank"],
    ["gate", { groupBy: "document" }, "groupBy"],
  ])("refuses %j with %j by its %s", (text, options, field) => {
    expect(() => query(text, options)).toThrow(failsWith({ code: "query.invalid", field }));
  });

  it("keeps the limits and checks the embedding", () => {
    expect(() => query("x".repeat(10_001))).toThrow(failsWith({ code: "limit.exceeded", limit: "queryChars" }));
    expect(() => query("x", { topK: 1_001 })).toThrow(
      failsWith({ code: "limit.exceeded", limit: "topK", actual: 1_001 }),
    );
    expect(() => query("x", { embedding: [1, 2] })).toThrow(failsWith({ code: "embedding.invalid" }));
  });
});

describe("validateName", () => {
  const name = (value: unknown) => validateName("index name", value, defaultLimits);

  it("takes any printable name, and refuses the rest by saying what it is", () => {
    for (const good of ["a", "Ümläute und Leerzeichen", "a/b%c", "日本", "x".repeat(256)])
      expect(() => name(good)).not.toThrow();
    for (const bad of [undefined, 7, "", "  ", "a\nb", "\u007f", "\ud83d"]) {
      expect(() => name(bad)).toThrow(failsWith({ code: "argument.invalid", argument: "index name" }));
    }
    expect(() => name("x".repeat(257))).toThrow(
      failsWith({ code: "limit.exceeded", limit: "nameChars", maximum: 256, actual: 257 }),
    );
  });
});
