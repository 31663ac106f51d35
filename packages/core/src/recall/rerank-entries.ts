import type { Clock } from "../clock.ts";
import type { Reranker } from "../engine/index.ts";
import { codeOf } from "../errors/index.ts";
import type { Logger } from "../logger.ts";
import type { RecallRequest } from "./recall-request.ts";
import type { RecallEntry } from "./recall-types.ts";

/** Of each lane the best so many are read by the reranker. */
const MOST_READ = 32;
/** So much of the deadline is kept for what comes after. */
const SHARE_OF_TIME = 0.9;

/**
 * The entries by what the reranker says of them; as they are when it fails (logged) or is not done in nine tenths of the
 * time. What it has not read stands behind what it has.
 */
export async function rerankEntries(
  entries: RecallEntry[],
  request: RecallRequest,
  { reranker, clock, logger, elapsedMs }: { reranker: Reranker; clock: Clock; logger: Logger; elapsedMs: number },
): Promise<RecallEntry[]> {
  const read = entries.slice(0, MOST_READ);
  if (read.length < 2) return entries;
  const abort = new AbortController();
  let cancel = (): void => undefined;
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.after(Math.max(1, request.timeoutMs * SHARE_OF_TIME - elapsedMs), () => {
      abort.abort();
      resolve(undefined);
    });
  });
  try {
    const texts = read.map(({ text }) => text);
    const scores = await Promise.race([reranker.rerank(request.query, texts, { signal: abort.signal }), late]);
    if (scores === undefined || scores.length !== read.length) return entries;
    const ordered = read
      .map((entry, n) => ({ ...entry, score: Math.min(1, Math.max(0, scores[n] ?? 0)) }))
      .sort((a, b) => b.score - a.score);
    return [...ordered, ...entries.slice(MOST_READ)];
  } catch (error) {
    if (!abort.signal.aborted)
      logger.warn("the reranker failed: recall is answered without it", { error: codeOf(error) });
    return entries;
  } finally {
    cancel();
  }
}
