import fc from "fast-check";
import { defaultLimits } from "../../limits.ts";
import { Bitmap } from "../bytes/bitmap.ts";
import type { Metadata, MetadataScalar, MetadataValue } from "../documents/document.ts";
import { compileFilter } from "./compile-filter.ts";
import { evaluateFilter } from "./evaluate-filter.ts";
import type { FieldFilter, Filter } from "./filter-types.ts";
import { MetadataColumns } from "./metadata-columns.ts";

// --- what a filter means, over plain objects ---

const isList = (x: unknown): x is readonly string[] =>
  Array.isArray(x) && (x.length === 0 || x.some((item) => typeof item === "string"));

const same = (x: MetadataValue | undefined, y: MetadataScalar) => {
  if (isList(x)) return x.includes(y as string);
  return Array.isArray(x) && Array.isArray(y) ? x[0] === y[0] && x[1] === y[1] : x === y;
};

function haversine([lat1, lng1]: readonly [number, number], [lat2, lng2]: readonly [number, number]): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const a =
    Math.sin(rad(lat2 - lat1) / 2) ** 2 +
    Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * Math.sin(rad(lng2 - lng1) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(a)));
}

function fieldHolds(value: MetadataValue | undefined, filter: FieldFilter): boolean {
  return Object.entries(filter).every(([operator, operand]) => {
    const present = value !== undefined;
    const comparable = typeof value === typeof operand && (typeof value === "number" || typeof value === "string");
    switch (operator) {
      case "$eq":
        return same(value, operand as MetadataScalar);
      case "$ne":
        return present && !same(value, operand as MetadataScalar);
      case "$in":
        return (operand as MetadataScalar[]).some((item) => same(value, item));
      case "$nin":
        return present && !(operand as MetadataScalar[]).some((item) => same(value, item));
      case "$all":
        return (operand as MetadataScalar[]).every((item) => same(value, item));
      case "$gt":
        return comparable && (value as number) > (operand as number);
      case "$gte":
        return comparable && (value as number) >= (operand as number);
      case "$lt":
        return comparable && (value as number) < (operand as number);
      case "$lte":
        return comparable && (value as number) <= (operand as number);
      case "$exists":
        return present === operand;
      case "$near": {
        const { point, radiusMeters } = operand as NonNullable<FieldFilter["$near"]>;
        return Array.isArray(value) && !isList(value) && haversine(value as [number, number], point) <= radiusMeters;
      }
      default:
        return !fieldHolds(value, operand as FieldFilter);
    }
  });
}

function holds(metadata: Metadata, filter: Filter): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (key === "$and") return (value as Filter[]).every((child) => holds(metadata, child));
    if (key === "$or") return (value as Filter[]).some((child) => holds(metadata, child));
    if (key === "$not") return !holds(metadata, value as Filter);
    const own = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
    if (typeof value === "object" && !Array.isArray(value)) return fieldHolds(own, value as FieldFilter);
    return same(own, value as MetadataScalar);
  });
}

// --- random metadata and filters that often meet ---

const place = fc.tuple(fc.constantFrom(-90, 0, 48.1, 48.2, 90), fc.constantFrom(-180, 0, 11.5, 11.6, 180));
const word = fc.constantFrom("", "a", "b", "Zürich", "zebra", "10", "9");
const value: fc.Arbitrary<MetadataScalar> = fc.oneof(
  word,
  fc.constantFrom(-1, 0, 0.5, 9, 10, 1e300),
  fc.boolean(),
  place,
);
const field = fc.constantFrom("price", "city", "open", "__proto__", "constructor");
const metadata = fc
  .array(fc.tuple(field, fc.oneof(value, fc.array(word, { maxLength: 5 }))), { maxLength: 5 })
  .map(
    (entries) =>
      JSON.parse(`{${entries.map(([key, item]) => `"${key}":${JSON.stringify(item)}`).join(",")}}`) as Metadata,
  );
const range = fc.oneof(fc.constantFrom("a", "b", "10"), fc.constantFrom(-1, 0, 9.5, 10));
const near = fc.record({ point: place, radiusMeters: fc.constantFrom(0, 9_000, 15_000, 5e6, 3e7) });
const { filter } = fc.letrec<{ filter: Filter; test: FieldFilter }>((tie) => ({
  test: fc
    .record(
      {
        $eq: value,
        $ne: value,
        $gt: range,
        $gte: range,
        $lt: range,
        $lte: range,
        $in: fc.array(value, { maxLength: 4 }),
        $nin: fc.array(value, { maxLength: 4 }),
        $all: fc.array(value, { minLength: 1, maxLength: 3 }),
        $exists: fc.boolean(),
        $near: near,
        $not: fc.oneof({ maxDepth: 2, depthSize: "small" }, fc.record({ $eq: value }), tie("test")),
      },
      { requiredKeys: [] },
    )
    .map((test) => {
      const keys = Object.keys(test);
      const kept = keys.length > 2 ? keys.slice(-2) : keys.length === 0 ? ["$exists"] : keys;
      return Object.fromEntries(
        kept.map((key) => [key, (test as Record<string, unknown>)[key] ?? true]),
      ) as FieldFilter;
    }),
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.array(fc.tuple(field, fc.oneof(value, tie("test"))), { maxLength: 2 }).map((entries) => {
      const result: Record<string, unknown> = Object.create(null);
      for (const [key, item] of entries) result[key] = item;
      return result as Filter;
    }),
    fc.record({ $and: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Filter>,
    fc.record({ $or: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Filter>,
    fc.record({ $not: tie("filter") }) as fc.Arbitrary<Filter>,
  ),
}));

const limits = { filterConditions: 10_000, filterDepth: 64 };

function build(documents: readonly Metadata[]): { columns: MetadataColumns; live: Bitmap } {
  const columns = new MetadataColumns();
  documents.forEach((document, slot) => {
    columns.set(slot, document);
  });
  return { columns, live: Bitmap.full(documents.length) };
}

function matches(documents: readonly Metadata[], wanted: Filter): number[] {
  const { columns, live } = build(documents);
  return [...evaluateFilter(compileFilter(wanted, defaultLimits), columns, live, documents.length).toSlots()];
}

describe("filters", () => {
  it("hold for the documents that a plain reading of them gives, after removals, compaction and a snapshot too", () => {
    fc.assert(
      fc.property(fc.array(metadata, { maxLength: 40 }), filter, fc.array(fc.nat(39)), (documents, wanted, removed) => {
        const plan = compileFilter(wanted, limits);
        const { columns, live } = build(documents);
        const evaluate = (from: MetadataColumns, mask: Bitmap, count: number) => [
          ...evaluateFilter(plan, from, mask, count).toSlots(),
        ];
        const expected = (slots: number[]) => slots.filter((slot) => holds(documents[slot] as Metadata, wanted));
        const all = documents.map((_, slot) => slot);
        expect(evaluate(columns, live, documents.length)).toEqual(expected(all));

        for (const slot of removed) {
          columns.clear(slot);
          live.clear(slot);
        }
        const left = all.filter((slot) => !removed.includes(slot));
        expect(evaluate(columns, live, documents.length)).toEqual(expected(left));
        const early = MetadataColumns.fromBytes(columns.toBytes());
        expect(evaluate(early, live, documents.length)).toEqual(expected(left));

        columns.compact(Int32Array.from(all, (slot) => left.indexOf(slot)));
        const renumbered = expected(left).map((slot) => left.indexOf(slot));
        expect(evaluate(columns, Bitmap.full(left.length), left.length)).toEqual(renumbered);
        const restored = MetadataColumns.fromBytes(columns.toBytes());
        expect(evaluate(restored, Bitmap.full(left.length), left.length)).toEqual(renumbered);
      }),
      { numRuns: 600 },
    );
  });

  it("find a common value and a rare one among many", () => {
    const documents = Array.from({ length: 5_000 }, (_, n): Metadata => ({ kind: n % 2 === 0 ? "even" : `odd ${n}` }));
    expect(matches(documents, { kind: "even" })).toHaveLength(2_500);
    expect(matches(documents, { kind: { $in: ["odd 4999", "odd 1", "odd 1", "odd 2"] } })).toEqual([1, 4_999]);
  });

  it("compare strings by code unit and never across types", () => {
    const documents: Metadata[] = [{ v: "10" }, { v: "9" }, { v: 9 }, { v: true }, { v: "é" }, { v: [9, 9] }, {}];
    expect(matches(documents, { v: { $gt: "10" } })).toEqual([1, 4]);
    expect(matches(documents, { v: { $lte: 9 } })).toEqual([2]);
    expect(matches(documents, { v: 9 })).toEqual([2]);
    expect(matches(documents, { v: { $ne: 9 } })).toEqual([0, 1, 3, 4, 5]);
  });

  it("match a document without the field by $exists: false and $not only", () => {
    const documents: Metadata[] = [{ v: 1 }, {}];
    expect(matches(documents, { v: { $ne: 2 } })).toEqual([0]);
    expect(matches(documents, { v: { $nin: [2] } })).toEqual([0]);
    expect(matches(documents, { v: { $exists: false } })).toEqual([1]);
    expect(matches(documents, { v: { $not: { $gt: 0 } } })).toEqual([1]);
    expect(matches(documents, { $not: { v: 1 } })).toEqual([1]);
    expect(matches(documents, {})).toEqual([0, 1]);
  });

  it("match a list by the strings in it", () => {
    const documents: Metadata[] = [
      { tags: ["garden", "aluminium"] },
      { tags: ["garden"] },
      { tags: "garden" },
      { tags: [] },
      {},
      { tags: ["workshop", "workshop"] },
    ];
    expect(matches(documents, { tags: "garden" })).toEqual([0, 1, 2]);
    expect(matches(documents, { tags: { $eq: "workshop" } })).toEqual([5]);
    expect(matches(documents, { tags: { $in: ["aluminium", "workshop"] } })).toEqual([0, 5]);
    expect(matches(documents, { tags: { $all: ["aluminium", "garden"] } })).toEqual([0]);
    expect(matches(documents, { tags: { $all: ["garden"] } })).toEqual([0, 1, 2]);
    expect(matches(documents, { tags: { $ne: "garden" } })).toEqual([3, 5]);
    expect(matches(documents, { tags: { $nin: ["aluminium", "workshop"] } })).toEqual([1, 2, 3]);
    expect(matches(documents, { tags: { $exists: true } })).toEqual([0, 1, 2, 3, 5]);
    expect(matches(documents, { tags: { $exists: false } })).toEqual([4]);
    expect(matches(documents, { tags: { $not: { $all: ["garden"] } } })).toEqual([3, 4, 5]);
    expect(matches(documents, { tags: { $gte: "a" } })).toEqual([2]);
  });

  it("find a list among many by a string that few of them have, and by one that most have", () => {
    const documents = Array.from({ length: 3_000 }, (_, n): Metadata => ({ tags: [`no. ${n}`, "all", `${n % 7}`] }));
    expect(matches(documents, { tags: { $in: ["no. 2999", "no. 31", "no. 32"] } })).toEqual([31, 32, 2_999]);
    expect(matches(documents, { tags: "all" })).toHaveLength(3_000);
    expect(matches(documents, { tags: { $all: ["3", "no. 10"] } })).toEqual([10]);
  });

  it("measure $near in metres on the great circle, across the date line too", () => {
    const documents: Metadata[] = [{ at: [48.1372, 11.5756] }, { at: [48.3538, 11.7861] }, { at: [0, 179.999] }];
    const munich = [48.1372, 11.5756] as const;
    expect(matches(documents, { at: { $near: { point: munich, radiusMeters: 0 } } })).toEqual([0]);
    expect(matches(documents, { at: { $near: { point: munich, radiusMeters: 28_000 } } })).toEqual([0]);
    expect(matches(documents, { at: { $near: { point: munich, radiusMeters: 30_000 } } })).toEqual([0, 1]);
    expect(matches(documents, { at: { $near: { point: [0, -179.999], radiusMeters: 300 } } })).toEqual([2]);
    expect(matches(documents, { at: { $near: { point: [-48, -168], radiusMeters: 2.1e7 } } })).toEqual([0, 1, 2]);
  });

  it("keep no string of a removed document", () => {
    const { columns } = build([
      { name: "secret", tags: ["hidden", "shared"] },
      { name: "shared" },
      { name: "shared", tags: ["shared"] },
    ]);
    columns.clear(0);
    columns.clear(1);
    const bytes = Buffer.concat(columns.toBytes()).toString();
    expect(bytes).not.toContain("secret");
    expect(bytes).not.toContain("hidden");
    expect(bytes).toContain("shared");
  });

  it("read the metadata of a snapshot from before there were lists", () => {
    const [header, ...parts] = build([{ name: "a", price: 2 }, { name: "b" }]).columns.toBytes();
    const fields = JSON.parse(new TextDecoder().decode(header)) as { field: string }[];
    // Eight parts a field, and nothing in the header but its name and strings.
    expect(fields.map((field) => Object.keys(field))).toEqual([
      ["field", "strings"],
      ["field", "strings"],
    ]);
    expect(parts).toHaveLength(16);
  });

  it("name a damaged snapshot", () => {
    const parts = build([{ name: "a", price: 2, tags: ["x", "y"] }]).columns.toBytes();
    const corrupt = expect.objectContaining({ code: "storage.corrupt" });
    expect(() => MetadataColumns.fromBytes([])).toThrow(corrupt);
    expect(() => MetadataColumns.fromBytes(parts.slice(0, -1))).toThrow(corrupt);
    expect(() => MetadataColumns.fromBytes([(parts[0] as Uint8Array).subarray(1), ...parts.slice(1)])).toThrow(corrupt);
    const cut = (n: number) => parts.map((part, i) => (i === n ? part.subarray(0, part.length - 4) : part));
    for (const [n, part] of parts.entries())
      if (n > 0 && part.length > 0) expect(() => MetadataColumns.fromBytes(cut(n))).toThrow(corrupt);
  });
});

describe("compileFilter", () => {
  const deep = (depth: number): Filter => (depth === 0 ? { a: 1 } : { $not: deep(depth - 1) });
  const fieldDeep = (depth: number): FieldFilter => (depth === 0 ? { $eq: 1 } : { $not: fieldDeep(depth - 1) });

  it.each<[string, unknown, string]>([
    ["null", null, ""],
    ["an array", [], ""],
    ["a string", "price", ""],
    ["undefined as a value", { price: undefined }, "price"],
    ["null as a value", { price: null }, "price"],
    ["NaN", { $and: [{ a: 1 }, { price: { $gte: Number.NaN } }] }, "$and[1].price.$gte"],
    ["a list that is no place", { price: [1, 2, 3] }, "price"],
    ["a place out of range", { at: [91, 0] }, "at"],
    ["an unknown operator", { price: { $regex: "a" } }, "price.$regex"],
    ["no operator", { price: {} }, "price"],
    ["an unknown top operator", { $nor: [] }, "$nor"],
    ["a bad field name", { "a b": 1 }, "a b"],
    ["an empty field name", { "": 1 }, ""],
    ["$and of an object", { $and: { a: 1 } }, "$and"],
    ["an empty $or", { $or: [] }, "$or"],
    ["$or of a string", { $or: ["a"] }, "$or[0]"],
    ["a hole in $and", { $and: new Array(1) }, "$and[0]"],
    ["$not of an array", { $not: [] }, "$not"],
    ["$not of a value", { a: { $not: 1 } }, "a.$not"],
    ["$in of a value", { a: { $in: "b" } }, "a.$in"],
    ["$in with null", { a: { $in: ["b", null] } }, "a.$in[1]"],
    ["$gt of a boolean", { a: { $gt: true } }, "a.$gt"],
    ["$exists of a number", { a: { $exists: 1 } }, "a.$exists"],
    ["a list as a value", { tags: ["a", "b"] }, "tags"],
    ["$eq of a list", { tags: { $eq: ["a"] } }, "tags.$eq"],
    ["an empty $all", { tags: { $all: [] } }, "tags.$all"],
    ["$all of a value", { tags: { $all: "a" } }, "tags.$all"],
    ["$all with a list in it", { tags: { $all: [["a"]] } }, "tags.$all[0]"],
    ["$near without a radius", { a: { $near: { point: [1, 2] } } }, "a.$near.radiusMeters"],
    ["$near of nowhere", { a: { $near: { point: [1, 200], radiusMeters: 1 } } }, "a.$near.point"],
    ["$near in other units", { a: { $near: { point: [1, 2], radiusMeters: 1, radiusKm: 1 } } }, "a.$near.radiusKm"],
    ["a negative radius", { a: { $near: { point: [1, 2], radiusMeters: -1 } } }, "a.$near.radiusMeters"],
    ["a Date", { a: { $gt: new Date(0) } }, "a.$gt"],
    ["a Date as a value", { a: new Date(0) }, "a"],
  ])("says where %s is wrong", (_, malformed, path) => {
    expect(() => compileFilter(malformed as Filter, defaultLimits)).toThrow(
      expect.objectContaining({ code: "filter.invalid", path }),
    );
  });

  it("keeps the limits of conditions and depth, and says both numbers", () => {
    const limits = { filterConditions: 3, filterDepth: 2 };
    expect(() => compileFilter({ $or: [{ a: 1, b: 1 }, { c: { $gt: 1 } }] }, limits)).not.toThrow();
    expect(() => compileFilter({ $or: [{ a: 1, b: 1 }, { c: { $gt: 1, $lt: 2 } }] }, limits)).toThrow(
      expect.objectContaining({ code: "limit.exceeded", limit: "filterConditions", maximum: 3, actual: 4 }),
    );
    expect(() => compileFilter({ tags: { $all: ["a", "b", "c"] } }, limits)).not.toThrow();
    expect(() => compileFilter({ tags: { $all: ["a", "b", "c"] }, a: 1 }, limits)).toThrow(
      expect.objectContaining({ limit: "filterConditions", actual: 4 }),
    );
    expect(() => compileFilter({ tags: { $in: ["a", "b", "c", "d"] } }, limits)).not.toThrow();
    const tooDeep = expect.objectContaining({ code: "limit.exceeded", limit: "filterDepth", maximum: 2, actual: 3 });
    expect(() => compileFilter(deep(2), limits)).not.toThrow();
    expect(() => compileFilter(deep(3), limits)).toThrow(tooDeep);
    expect(() => compileFilter({ a: fieldDeep(3) }, limits)).toThrow(tooDeep);
  });

  it("says how a list is asked for", () => {
    expect(() => compileFilter({ tags: ["a", "b"] } as unknown as Filter, defaultLimits)).toThrow(
      "a list's strings are asked for by $in (any of them) or $all",
    );
  });

  it("ends on a filter that contains itself", () => {
    const filter: Record<string, unknown> = {};
    filter.$not = filter;
    expect(() => compileFilter(filter as Filter, defaultLimits)).toThrow(
      expect.objectContaining({ code: "limit.exceeded" }),
    );
  });
});
