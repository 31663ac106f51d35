import { SottoError } from "./sotto-error.ts";

/** An embedder threw, or answered with the wrong number of vectors. */
export class EmbeddingFailedError extends SottoError {
  readonly embedderId: string;
  readonly reason: string;

  constructor(embedderId: string, reason: string) {
    super("embedding.failed", `The embedder "${embedderId}" failed: ${reason}`, { embedderId, reason });
    this.embedderId = embedderId;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is EmbeddingFailedError {
    return SottoError.isInstance(error) && error.code === "embedding.failed";
  }
}
