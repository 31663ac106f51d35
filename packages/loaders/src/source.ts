import type { LoadLimits } from "./limits.ts";
import { overLimit } from "./load-error.ts";
import type { LoadOptions } from "./options.ts";
import type { Ledger } from "./report/ledger.ts";
import { decodeText } from "./text/decode-text.ts";

export interface SourceSettings {
  options: LoadOptions;
  limits: LoadLimits;
  ledger: Ledger;
  /** When loading has to be done, by `performance.now()`. */
  deadline: number;
  /** How many files this one is within. */
  depth?: number;
}

/** One file while it is loaded: its bytes, how it is to be read, and the book of what was read and left out. */
export class Source {
  /** Base name, for example `faq.csv`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: LoadOptions;
  readonly limits: LoadLimits;
  readonly ledger: Ledger;
  readonly #settings: SourceSettings;

  constructor(name: string, bytes: Uint8Array, settings: SourceSettings) {
    this.name = name;
    this.bytes = bytes;
    this.options = settings.options;
    this.limits = settings.limits;
    this.ledger = settings.ledger;
    this.#settings = settings;
  }

  /** The file's text with `\n` at line ends. `declared` finds the encoding that the file itself names. */
  text(declared?: (beginning: string) => string | undefined): string {
    return decodeText(this.bytes, { encoding: this.options.encoding, declared, ledger: this.ledger });
  }

  /** A file within this one: an attachment, a chapter. It shares limits, clock and book. */
  within(name: string, bytes: Uint8Array, options: LoadOptions = {}): Source {
    const ledger = this.ledger.within(name);
    return new Source(name, bytes, {
      ...this.#settings,
      options: { ...this.options, ...options },
      ledger,
      depth: this.depth + 1,
    });
  }

  get depth(): number {
    return this.#settings.depth ?? 0;
  }

  /** Throws `loader.limit` once the time is up; called between pages, sheets and the like. */
  checkTime(): void {
    if (performance.now() > this.#settings.deadline) throw overLimit("timeMs", this.limits.timeMs, undefined, "time");
  }
}
