import { hasCode } from "../errors/index.ts";
import type { ForgetSubject, MemoryContext } from "../user/index.ts";
import { MARK_MS } from "../user/index.ts";

/** The mark of one forget that is under way here: renewed as it goes on, so that no other process takes it for left. */
export class RenewableMark {
  readonly #context: MemoryContext;
  readonly #subject: ForgetSubject;
  #people: readonly string[] | undefined;
  #setAt: number;

  private constructor(context: MemoryContext, subject: ForgetSubject) {
    this.#context = context;
    this.#subject = subject;
    this.#setAt = context.clock.monotonic();
  }

  static async set(context: MemoryContext, subject: ForgetSubject): Promise<RenewableMark> {
    const mark = new RenewableMark(context, subject);
    await mark.#set();
    return mark;
  }

  /** Sets it anew where half of its time is over, or to keep whose lists and memories a session is in. */
  async renew(people?: readonly string[]): Promise<void> {
    const isDue = this.#context.clock.monotonic() - this.#setAt > MARK_MS / 2;
    if (people === undefined && !isDue) return;
    this.#people = people ?? this.#people;
    await this.#set();
  }

  lift(): Promise<void> {
    return this.#context.marks.lift(this.#subject);
  }

  async #set(): Promise<void> {
    this.#setAt = this.#context.clock.monotonic();
    try {
      await this.#context.marks.set(this.#subject, this.#people);
    } catch (error) {
      // Then nobody else can write either, and forgetting is what makes room.
      if (!hasCode(error, "storage.full")) throw error;
    }
  }
}
