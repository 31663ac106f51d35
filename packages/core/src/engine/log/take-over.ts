import type { Clock } from "../../clock.ts";
import { codeOf, hasCode } from "../../errors/index.ts";
import type { Logger } from "../../logger.ts";
import type { StoredDocument } from "../documents/index.ts";
import type { Embedder, SpokenText } from "../embedding/index.ts";
import { adoptEmbedder, embedAnew, hasVectorsOf } from "./reembed.ts";
import type { StoredIndex } from "./stored-index.ts";

export interface TakeOverParts {
  embedder: Embedder;
  clock: Clock;
  logger: Logger;
  spokenOf?: (document: StoredDocument) => SpokenText;
}

const running = new WeakMap<StoredIndex, Promise<void>>();

/**
 * Sees to it that an index has the vectors of this embedder: at once its texts are found by their words, the vectors are
 * made in the background. An index that cannot be written stays as it is, and is searched by its words.
 */
export async function takeOver(stored: StoredIndex, parts: TakeOverParts): Promise<void> {
  const { embedder, logger } = parts;
  if (hasVectorsOf(stored, embedder)) return;
  try {
    await adoptEmbedder(stored, embedder);
  } catch (error) {
    // What is open for reading alone is left to whoever writes to it.
    if (hasCode(error, "storage.read_only")) return;
    logger.warn("an index of another embedder is searched by its words alone", { error: codeOf(error) });
    return;
  }
  void reembedded(stored, parts);
}

/** Resolves when the vectors are made, or could not be made (logged; the next one to open the index goes on). */
export function reembedded(
  stored: StoredIndex,
  { embedder, logger, spokenOf }: TakeOverParts,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const under = running.get(stored);
  if (under !== undefined) return under;
  const run = embedAnew(stored, embedder, { spokenOf, onProgress })
    .catch((error: unknown) => {
      if (!hasCode(error, "sotto.closed") && !hasCode(error, "storage.closed"))
        logger.warn("the vectors of an index could not all be made anew", { error: codeOf(error) });
    })
    .finally(() => running.delete(stored));
  running.set(stored, run);
  return run;
}
