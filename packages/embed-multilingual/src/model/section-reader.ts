import { modelInvalid } from "../multilingual-model-error.ts";
import { Turns } from "../turns.ts";

/** Reads exact lengths from a stream of chunks, each byte copied once. */
export class SectionReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async read(bytes: number): Promise<Uint8Array> {
    const target = new Uint8Array(bytes);
    await this.readInto(target);
    return target;
  }

  /** Fills the target. Throws a `MultilingualModelError` where the stream ends before. */
  async readInto(target: Uint8Array, turns = new Turns()): Promise<void> {
    for (let filled = 0; filled < target.length; ) {
      if (this.#chunk.length === 0) {
        const next = await this.#chunks.next();
        await turns.give();
        if (next.done) throw modelInvalid(`it ends ${target.length - filled} bytes too early`);
        this.#chunk = next.value;
      }
      const part = this.#chunk.subarray(0, target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
  }

  /** Throws a `MultilingualModelError` where something follows; closes the stream. */
  async end(): Promise<void> {
    if (this.#chunk.length > 0 || !(await this.#chunks.next()).done)
      throw modelInvalid("something follows its last section");
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
