import type { ForgetSubject, MemoryContext } from "../user/index.ts";
import type { ForgetResult } from "./forget-result.ts";
import { RenewableMark } from "./renewable-mark.ts";

/** Forgets that are under way in this process, each under its mark, one at a time for each subject. */
export class UnderMark {
  readonly #context: MemoryContext;
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(context: MemoryContext) {
    this.#context = context;
  }

  isUnderWay(subject: ForgetSubject): boolean {
    return this.#running.has(keyOf(subject));
  }

  /** Does `work` while the subject is marked: no write about it gets through, in no process. */
  async run(subject: ForgetSubject, work: (mark: RenewableMark) => Promise<ForgetResult>): Promise<ForgetResult> {
    const key = keyOf(subject);
    const before = this.#running.get(key) ?? Promise.resolve();
    const run = before
      .catch(() => undefined)
      .then(async () => {
        const mark = await RenewableMark.set(this.#context, subject);
        const result = await work(mark);
        await mark.lift();
        return result;
      });
    this.#running.set(key, run);
    try {
      return await run;
    } finally {
      if (this.#running.get(key) === run) this.#running.delete(key);
    }
  }
}

function keyOf({ kind, id }: ForgetSubject): string {
  return `${kind}/${id}`;
}
