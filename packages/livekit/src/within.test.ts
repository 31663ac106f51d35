import { within } from "./within.ts";

describe("within", () => {
  it("answers what comes in time", async () => {
    expect(await within(10_000, () => 1)).toEqual({ status: "done", value: 1 });
    expect(await within(10_000, async () => 2)).toEqual({ status: "done", value: 2 });
  });

  it("answers a failure, thrown or rejected", async () => {
    const error = new Error("no");
    const thrown = () => {
      throw error;
    };
    expect(await within(10_000, thrown)).toEqual({ status: "failed", error });
    expect(await within(10_000, async () => thrown())).toEqual({ status: "failed", error });
  });

  it("does not wait longer, and tells whoever still works", async () => {
    let told: AbortSignal | undefined;
    const outcome = await within(5, (signal) => {
      told = signal;
      return new Promise(() => {});
    });
    expect(outcome).toEqual({ status: "late" });
    expect(told?.aborted).toBe(true);
  });
});
