import type { Call, Person } from "./caller.ts";

/** The calls of a test. */
export class Calls {
  readonly #made: Call[] = [];

  /** Calls, and hears the greeting. */
  async begin(person: Person): Promise<Call> {
    const call = await person.call();
    this.#made.push(call);
    await call.hears("How can I help you?");
    return call;
  }

  async end(): Promise<void> {
    await Promise.all(this.#made.map((call) => call.hangUp()));
  }
}
