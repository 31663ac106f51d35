import { interleave, medianTiming, percentiles } from "./measure.ts";

describe("percentiles", () => {
  it("takes the nearest rank", () => {
    const samples = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect(percentiles(samples)).toEqual({ p50: 100, p95: 190, p99: 198, samplesPerRound: 200 });
  });

  it("gives no p95 and p99 for too few samples", () => {
    expect(percentiles([3, 1, 2])).toEqual({ p50: 2, p95: null, p99: null, samplesPerRound: 3 });
  });

  it("takes the median of each percentile over rounds", () => {
    const round = (p50: number, p95: number | null) => ({ p50, p95, p99: null, samplesPerRound: 20 + p50 });
    expect(medianTiming([round(1, 9), round(5, 7), round(2, 8)])).toMatchObject({
      p50: 2,
      p95: 8,
      samplesPerRound: 21,
    });
    expect(medianTiming([round(1, 9), round(2, null)]).p95).toBeNull();
  });
});

describe("interleave", () => {
  it("gives every contender its turn in every round", async () => {
    const turns: string[] = [];
    const contender = (name: string) => ({ name, run: () => void (turns.at(-1) !== name && turns.push(name)) });
    const timings = await interleave([contender("a"), contender("b")], { rounds: 3, queries: 4, budgetMs: 60_000 });
    expect(turns).toEqual(["a", "b", "a", "b", "a", "b", "a", "b"]);
    expect([...timings.keys()]).toEqual(["a", "b"]);
    expect(timings.get("a")?.samplesPerRound).toBe(4);
  });

  it("asks a contender that is over its budget three times and no more", async () => {
    const timings = await interleave([{ name: "slow", run: () => {} }], { rounds: 2, queries: 50, budgetMs: -1 });
    expect(timings.get("slow")?.samplesPerRound).toBe(3);
  });
});
