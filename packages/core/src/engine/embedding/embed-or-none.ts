import type { Clock } from "../../clock.ts";
import { codeOf } from "../../errors/index.ts";
import type { Logger } from "../../logger.ts";
import { type QuantizedVector, quantizeVector } from "../vectors/index.ts";
import { checkVectors, embedTexts } from "./embed-texts.ts";
import type { Embedder } from "./embedder.ts";

/** A turn waits no longer for its vector: what was said has to reach the disk. */
const EMBED_TIMEOUT_MS = 2_000;

/** What somebody said, as it is searched (`Ann: I live in Oslo.`) and without the names of those who speak. */
export interface SpokenText {
  text: string;
  withoutNames: string;
}

/**
 * Vectors, and token states where the model gives them, of what is to be remembered; without names where those would drown
 * the rest (`embedsNames`). An embedder that fails or does not answer in time must not cost what was said: then there are no
 * vectors, the texts are found by their words, and a warning is logged.
 */
export async function embedOrNone(
  { embedder, clock, logger }: { embedder: Embedder; clock: Clock; logger: Logger },
  spoken: readonly SpokenText[],
): Promise<(QuantizedVector | undefined)[]> {
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
    return await Promise.race([embedSpoken(embedder, spoken, timeout.signal), late]);
  } catch (error) {
    logger.warn("the embedder failed: texts are stored without vectors", {
      embedder: embedder.id,
      texts: spoken.length,
      error: codeOf(error),
    });
    return spoken.map(() => undefined);
  } finally {
    cancel();
  }
}

/** The same, however long it takes; throws what the embedder throws. */
export async function embedSpoken(
  embedder: Embedder,
  spoken: readonly SpokenText[],
  signal?: AbortSignal,
): Promise<(QuantizedVector | undefined)[]> {
  const texts = spoken.map(({ text, withoutNames }) => (embedder.embedsNames === false ? withoutNames : text));
  const { tokens: states } = embedder;
  if (states === undefined) {
    const vectors = await embedTexts(embedder, texts, signal === undefined ? {} : { signal });
    return vectors.map((vector) => (vector === null ? undefined : quantizeVector(vector)));
  }
  const documents = await states.embedDocuments(texts, signal === undefined ? {} : { signal });
  checkVectors(
    embedder,
    documents.map(({ vector }) => vector),
    texts.length,
  );
  return documents.map(({ vector, codes }) => {
    if (vector === null) return undefined;
    const quantized = quantizeVector(vector);
    return codes.length === 0 ? quantized : { ...quantized, tokens: { dimensions: states.dimensions, codes } };
  });
}
