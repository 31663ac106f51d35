import { createRunQueue } from "./run-queue.ts";

describe("createRunQueue", () => {
  it("runs one job at a time, in order, urgent ones first", async () => {
    const queue = createRunQueue();
    const log: string[] = [];
    const job = (name: string) => async () => {
      log.push(`${name} starts`);
      await new Promise(setImmediate);
      log.push(`${name} ends`);
    };
    await Promise.all([queue.run(job("a")), queue.run(job("b")), queue.run(job("c"), true)]);
    expect(log).toEqual(["a starts", "a ends", "c starts", "c ends", "b starts", "b ends"]);
  });

  it("goes on after a job that fails", async () => {
    const queue = createRunQueue();
    const failed = queue.run(() => Promise.reject(new Error("no")));
    await expect(failed).rejects.toThrow("no");
    await expect(queue.run(async () => 1)).resolves.toBe(1);
  });
});
