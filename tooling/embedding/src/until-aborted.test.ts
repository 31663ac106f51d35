import { untilAborted } from "./until-aborted.ts";

const never = new Promise<never>(() => {});

describe("untilAborted", () => {
  it("settles as the work does", async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(untilAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
    await expect(untilAborted(Promise.resolve(1), undefined)).resolves.toBe(1);
  });

  it("rejects with the reason once aborted, whatever the work does", async () => {
    const controller = new AbortController();
    const outcome = untilAborted(never, controller.signal);
    controller.abort(new Error("hung up"));
    await expect(outcome).rejects.toThrow("hung up");
  });
});
