import { untilAborted } from "./until-aborted.ts";

const never = new Promise<never>(() => {});

describe("untilAborted", () => {
  it("answers as the work does, with and without a signal", async () => {
    expect(await untilAborted(Promise.resolve(1), undefined)).toBe(1);
    expect(await untilAborted(Promise.resolve(2), new AbortController().signal)).toBe(2);
    await expect(untilAborted(Promise.reject(new Error("no")), new AbortController().signal)).rejects.toThrow("no");
  });

  it("rejects with the reason of a signal that was aborted before or meanwhile", async () => {
    const reason = new Error("hung up");
    await expect(untilAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const running = untilAborted(never, controller.signal);
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
  });
});
