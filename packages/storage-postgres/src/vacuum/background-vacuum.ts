import type { Logger } from "@sotto/core";
import type { VacuumResult } from "./vacuum.ts";

/** Runs a vacuum after erasures: one at a time, and once for all that came while another was at work. */
export class BackgroundVacuum {
  readonly #mode: "background" | "wait" | "off";
  readonly #vacuum: () => Promise<VacuumResult>;
  readonly #logger: Logger | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(mode: "background" | "wait" | "off", vacuum: () => Promise<VacuumResult>, logger: Logger | undefined) {
    this.#mode = mode;
    this.#vacuum = vacuum;
    this.#logger = logger;
  }

  /** After something was erased and committed. With `wait`, resolves when a vacuum that began later has ended. */
  async request(): Promise<void> {
    if (this.#mode === "off") return;
    this.#next ??= this.#afterThisOne();
    if (this.#mode === "wait") await this.#next;
  }

  async settled(): Promise<void> {
    await this.#next;
    await this.#running;
  }

  async #afterThisOne(): Promise<void> {
    await this.#running;
    this.#next = undefined;
    this.#running = this.#run();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      const { remains } = await this.#vacuum();
      this.#logger?.debug?.("vacuumed after an erase", { remains });
    } catch (error) {
      // Autovacuum comes by sooner or later.
      this.#logger?.warn("could not vacuum after an erase", { error: String(error) });
    }
  }
}
