import type { EmbedKind } from "@sotto/core";
import type { Model } from "./model/load-model.ts";
import { Workspace } from "./network/workspace.ts";
import { Turns } from "./turns.ts";

/** A question of at most so many pieces (some 90 words) is answered without giving turns: in 5 ms. */
const SHORT_PIECES = 128;

/** Embeds texts with one model: questions at once, one document's text at a time beside them. */
export class Runner {
  readonly model: Model;
  readonly #short: Workspace;
  #long: Workspace;
  /** The text that was begun or waits last. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(model: Model) {
    this.model = model;
    this.#short = new Workspace(model.memory, SHORT_PIECES, model.header.dimensions);
    this.#long = new Workspace(model.memory, SHORT_PIECES, model.header.dimensions);
  }

  /**
   * The vectors of texts, `null` for one of which the model knows no piece. Texts are cut after `most` pieces.
   * `assertWanted` throws when nobody waits any more.
   */
  async embed(
    texts: readonly string[],
    kind: EmbedKind,
    most: number,
    assertWanted: () => void,
  ): Promise<(Float32Array | null)[]> {
    const vectors: (Float32Array | null)[] = [];
    const turns = new Turns();
    for (const text of texts) {
      assertWanted();
      const pieces = this.model.tokenizer.encode(text, most);
      if (!this.model.tokenizer.knowsSome(pieces)) vectors.push(null);
      else if (kind === "query" && pieces.length <= SHORT_PIECES) vectors.push(this.#now(pieces));
      else vectors.push(await this.#inTurns(pieces, turns, assertWanted));
      await turns.give();
    }
    assertWanted();
    return vectors;
  }

  #now(pieces: readonly number[]): Float32Array {
    const steps = this.model.network.encode(pieces, this.#short);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** Waits for the text before, and gives turns between steps. */
  async #inTurns(pieces: readonly number[], turns: Turns, assertWanted: () => void): Promise<Float32Array> {
    const run = this.#last.then(async () => {
      assertWanted();
      return await turns.run(this.model.network.encode(pieces, this.#longFor(pieces.length)), assertWanted);
    });
    this.#last = run.catch(() => undefined);
    return await run;
  }

  #longFor(pieces: number): Workspace {
    if (pieces > this.#long.most) {
      const most = 2 ** Math.ceil(Math.log2(pieces));
      this.#long = new Workspace(this.model.memory, most, this.model.header.dimensions);
    }
    return this.#long;
  }
}
