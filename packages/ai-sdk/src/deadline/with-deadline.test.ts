import { DeadlineExceededError } from "./deadline-exceeded-error.ts";
import { withDeadline } from "./with-deadline.ts";

const never = () => new Promise<never>(() => {});

describe("withDeadline", () => {
  it("gives what the work gives", async () => {
    await expect(withDeadline(async () => 7, { operation: "search", timeoutMs: 10_000 })).resolves.toBe(7);
  });

  it("gives up work that never settles, naming the operation and the limit", async () => {
    const given = withDeadline(never, { operation: "search", timeoutMs: 1 });
    await expect(given).rejects.toThrow("search did not answer within 1 ms.");
    expect(DeadlineExceededError.isInstance(await given.catch((error: unknown) => error))).toBe(true);
  });

  it("aborts the work's own signal at the deadline", async () => {
    let seen: AbortSignal | undefined;
    await withDeadline(
      (signal) => {
        seen = signal;
        return never();
      },
      { operation: "search", timeoutMs: 1 },
    ).catch(() => {});
    expect(seen?.aborted).toBe(true);
  });

  it("does not start work for a signal that is aborted already", async () => {
    const reason = new Error("the caller left");
    let started = false;
    const given = withDeadline(
      async () => {
        started = true;
      },
      { operation: "search", timeoutMs: 10_000, signal: AbortSignal.abort(reason) },
    );
    await expect(given).rejects.toBe(reason);
    expect(started).toBe(false);
  });

  it("rejects with the reason of a signal that is aborted meanwhile", async () => {
    const caller = new AbortController();
    const reason = new Error("the caller left");
    const given = withDeadline(never, { operation: "search", timeoutMs: 10_000, signal: caller.signal });
    caller.abort(reason);
    await expect(given).rejects.toBe(reason);
  });

  it("turns a throw of the work into a rejection", async () => {
    const given = withDeadline(
      () => {
        throw new Error("broken");
      },
      { operation: "search", timeoutMs: 10_000 },
    );
    await expect(given).rejects.toThrow("broken");
  });
});
