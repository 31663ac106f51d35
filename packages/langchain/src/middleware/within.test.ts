import { impatientClock } from "../fixtures/shop.ts";
import { systemClock } from "../system-clock.ts";
import { within } from "./within.ts";

describe("within", () => {
  it("answers as the work does when that is in time", async () => {
    expect(await within(systemClock, 60_000, Promise.resolve("done"), "late")).toBe("done");
    await expect(within(systemClock, 60_000, Promise.reject(new Error("no")), "late")).rejects.toThrow("no");
  });

  it("answers with the substitute when the time is over", async () => {
    expect(await within(impatientClock, 5, new Promise(() => {}), "late")).toBe("late");
  });
});
