import { asSaid, WAYS } from "./as-said.ts";
import { meanWithInterval } from "./bootstrap.ts";

describe("questions as they are said", () => {
  it("are the same each time, and hold the question but for what is misheard", () => {
    const question = "When does the parcel from Lisbon arrive?";
    for (const way of WAYS) expect(asSaid(question, way, 5)).toBe(asSaid(question, way, 5));
    expect(asSaid(question, "clean", 3)).toBe(question);
    for (const way of ["chatty", "three sentences"] as const)
      expect(asSaid(question, way, 3)).toContain("When does the parcel from Lisbon arrive");
  });

  it("are misheard in one word of ten", () => {
    const words = Array.from({ length: 200 }, (_, n) => `word${n}`).join(" ");
    const heard = new Set(asSaid(words, "misheard", 1).split(" "));
    const lost = words.split(" ").filter((word) => !heard.has(word)).length;
    expect(lost).toBeGreaterThan(8);
    expect(lost).toBeLessThan(45);
  });
});

describe("meanWithInterval", () => {
  it("narrows with the number of values, and holds the mean", () => {
    const values = (count: number) => Array.from({ length: count }, (_, n) => n % 2);
    const few = meanWithInterval(values(20));
    const many = meanWithInterval(values(2_000));
    for (const { mean, low, high } of [few, many]) expect(low <= mean && mean <= high).toBe(true);
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
    expect(many.mean).toBe(0.5);
  });
});
