import { Writable } from "node:stream";

/** What readline writes to: a terminal that can be muted, so that keys pressed during an answer do not show in it. */
export class PromptOutput extends Writable {
  muted = false;
  readonly #terminal: NodeJS.WriteStream;

  constructor(terminal: NodeJS.WriteStream) {
    super({ decodeStrings: false });
    this.#terminal = terminal;
    terminal.on("resize", this.#onResize);
  }

  /** Width in characters, by which readline wraps. */
  get columns(): number {
    return this.#terminal.columns ?? 80;
  }

  readonly #onResize = () => void this.emit("resize");

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (!this.muted) this.#terminal.write(chunk);
    done();
  }

  override _destroy(_error: Error | null, done: () => void): void {
    this.#terminal.off("resize", this.#onResize);
    done();
  }
}
