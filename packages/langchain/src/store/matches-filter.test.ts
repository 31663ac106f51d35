import { matchesFilter } from "./matches-filter.ts";

const value = { status: "active", score: 5, tags: ["a"] };

describe("matchesFilter", () => {
  it.each([
    [{}, true],
    [{ status: "active" }, true],
    [{ status: "closed" }, false],
    [{ status: "active", score: 5 }, true],
    [{ status: "active", score: 6 }, false],
    [{ score: { $gt: 4.99, $lt: 5.01 } }, true],
    [{ score: { $gte: 5 } }, true],
    [{ score: { $lte: 4 } }, false],
    [{ status: { $ne: "closed" } }, true],
    [{ missing: { $ne: "closed" } }, true],
    [{ missing: { $gt: 0 } }, false],
    [{ status: { $in: ["active", "new"] } }, true],
    [{ status: { $nin: ["active"] } }, false],
    [{ toString: { $eq: undefined } }, true],
  ])("%j", (filter, passes) => {
    expect(matchesFilter(value, filter)).toBe(passes);
  });

  it("names an operator that there is not", () => {
    expect(() => matchesFilter(value, { score: { $near: 1 } })).toThrow("filter.score is not valid: $near");
  });
});
