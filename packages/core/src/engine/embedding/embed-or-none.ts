import type { Clock } from "../../clock.ts";
import { codeOf } from "../../errors/index.ts";
import type { Logger } from "../../logger.ts";
import { embedTexts } from "./embed-texts.ts";
import type { Embedder } from "./embedder.ts";

/** A turn waits no longer for its vector: what was said has to reach the disk. */
const EMBED_TIMEOUT_MS = 2_000;

/**
 * Vectors of what is to be remembered. An embedder that fails or does not answer in time must not cost what was said: then
 * there are no vectors, the texts are found by their words, and a warning is logged.
 */
export async function embedOrNone(
  { embedder, clock, logger }: { embedder: Embedder; clock: Clock; logger: Logger },
  texts: readonly string[],
): Promise<(Float32Array | null)[]> {
  const timeout = new AbortController();
  let cancel = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(EMBED_TIMEOUT_MS, () => {
      const reason = new Error(`no answer within ${EMBED_TIMEOUT_MS} ms`);
      timeout.abort(reason);
      reject(reason);
    });
  });
  try {
    return await Promise.race([embedTexts(embedder, texts, { signal: timeout.signal }), late]);
  } catch (error) {
    logger.warn("the embedder failed: texts are stored without vectors", {
      embedder: embedder.id,
      texts: texts.length,
      error: codeOf(error),
    });
    return texts.map(() => null);
  } finally {
    cancel();
  }
}
