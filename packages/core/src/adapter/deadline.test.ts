import { ManualClock } from "../../test/memory/recall-fixture.ts";
import { withDeadline } from "./deadline.ts";

const never = () => new Promise<never>(() => {});

describe("a deadline", () => {
  it("answers what the work answers, at once or later, and leaves no timer behind", async () => {
    const clock = new ManualClock();
    const options = { operation: "work", timeoutMs: 50, clock };
    expect(await withDeadline(() => 1, options)).toBe(1);
    expect(await withDeadline(async () => 2, options)).toBe(2);
    await expect(
      withDeadline(() => {
        throw new Error("no");
      }, options),
    ).rejects.toThrow("no");
    expect(clock.timers).toBe(0);
  });

  it("gives up work that never answers, and aborts its signal", async () => {
    const clock = new ManualClock();
    let given: AbortSignal | undefined;
    const waiting = withDeadline(
      (signal) => {
        given = signal;
        return never();
      },
      { operation: "The search", timeoutMs: 50, clock },
    );
    clock.advance(49);
    expect(given?.aborted).toBe(false);
    clock.advance(1);
    await expect(waiting).rejects.toMatchObject({
      code: "adapter.deadline_exceeded",
      message: "The search did not answer within 50 ms.",
      operation: "The search",
      timeoutMs: 50,
    });
    expect(given?.aborted).toBe(true);
  });

  it("ends with the caller's signal, and begins nothing after it", async () => {
    const clock = new ManualClock();
    const stop = new AbortController();
    const waiting = withDeadline(never, {
      operation: "work",
      timeoutMs: 50,
      signal: stop.signal,
      clock,
    });
    stop.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
    let begun = false;
    const late = withDeadline(
      () => {
        begun = true;
      },
      { operation: "work", timeoutMs: 50, signal: stop.signal, clock },
    );
    await expect(late).rejects.toThrow("stopped");
    expect(begun).toBe(false);
    expect(clock.timers).toBe(0);
  });
});
