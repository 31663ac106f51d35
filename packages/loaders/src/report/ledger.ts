import { LoadError } from "../load-error.ts";
import type { LeftOut, LeftOutReason } from "./load-report.ts";
import { countChars } from "./words.ts";

/** Entries of one kind that are named one by one; the rest are summed up. */
const MOST_ENTRIES = 200;

/** A text that the file holds, and where. */
export interface ReadText {
  text: string;
  /** `row`, `page`, `line`; with the number behind it the place. */
  what: string;
  number: number;
}

/**
 * The book of one file: what text was read, and what of it was left out on purpose. Each text of the file is entered
 * once, as read or as left out; `audit` looks for what was read in the documents.
 */
export class Ledger {
  readonly #strict: boolean;
  readonly #place: string;
  readonly #shared: {
    read: ReadText[];
    leftOut: Map<string, LeftOut[]>;
    more: Map<string, LeftOut>;
    encoding: string | undefined;
  };

  constructor(strict = false, place = "", shared?: Ledger) {
    this.#strict = strict;
    this.#place = place;
    this.#shared =
      shared === undefined ? { read: [], leftOut: new Map(), more: new Map(), encoding: undefined } : shared.#shared;
  }

  /** The same book for a file within the file; places begin with its name. */
  within(name: string): Ledger {
    return new Ledger(this.#strict, this.#place === "" ? name : `${this.#place}/${name}`, this);
  }

  /** Enters a text that the file holds and that has to be found in the documents. */
  read(text: string, what = "", number = 0): void {
    if (text !== "") this.#shared.read.push({ text, what: this.#at(what), number });
  }

  /** Enters what is not loaded. `text` is what it holds; for what cannot be read, nothing. */
  leaveOut(reason: LeftOutReason, place: string, text = "", what?: string): void {
    const chars = countChars(text);
    if (this.#strict && DAMAGED.has(reason)) {
      const detail = what === undefined ? reason : `${reason} (${what})`;
      throw new LoadError("loader.strict", `${this.#at(place)}: ${detail}`, { place, reason });
    }
    const entry: LeftOut = { place: this.#at(place), reason, chars, ...(what === undefined ? {} : { what }) };
    const entries = this.#shared.leftOut.get(reason) ?? [];
    this.#shared.leftOut.set(reason, entries);
    if (entries.length < MOST_ENTRIES) entries.push(entry);
    else {
      const more = this.#shared.more.get(reason) ?? { place: "", reason, chars: 0, count: 0 };
      more.chars += chars;
      more.count = (more.count ?? 0) + 1;
      more.place = `${more.count} more places`;
      this.#shared.more.set(reason, more);
    }
  }

  /** The first text file's counts: one within it may be in another encoding. */
  set encoding(encoding: string) {
    this.#shared.encoding ??= encoding;
  }

  get encoding(): string | undefined {
    return this.#shared.encoding;
  }

  get texts(): readonly ReadText[] {
    return this.#shared.read;
  }

  /** In the order they were entered, kind by kind. */
  get entries(): LeftOut[] {
    return [...this.#shared.leftOut].flatMap(([reason, entries]) => {
      const more = this.#shared.more.get(reason);
      return more === undefined ? entries : [...entries, more];
    });
  }

  #at(place: string): string {
    if (this.#place === "") return place;
    return place === "" ? this.#place : `${this.#place}, ${place}`;
  }
}

/** What `strict` refuses: the file is not as it should be. */
const DAMAGED: ReadonlySet<LeftOutReason> = new Set(["bad row", "bad line", "bad bytes", "read as written"]);
