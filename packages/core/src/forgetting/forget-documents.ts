import { searchableOf } from "../engine/index.ts";
import type { MemoryContext } from "../user/index.ts";

/** Documents that are written again and again while they are forgotten are erased so often. */
const MOST_ROUNDS = 10;

/**
 * Erases documents of an index, each with its chunks: also those that are written while it is at it. Answers how many there
 * were, chunks one by one.
 */
export async function forgetDocuments(
  { catalog }: MemoryContext,
  index: string,
  documentIds: readonly string[],
): Promise<number> {
  const stored = await catalog.load(index);
  const searchable = searchableOf(catalog, stored);
  if (searchable !== undefined) return (await searchable.store.delete(searchable.key, documentIds)).deleted;
  let count = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await stored.refresh();
    const { documents } = stored.index;
    const ids = documentIds.flatMap((id) => [id, ...documents.chunkIdsOf(id)]);
    const present = ids.filter((id) => documents.slotOf(id) !== undefined).length;
    if (round > 0 && present === 0) break;
    // Also those that are deleted already: their texts may still be in the log.
    await stored.erase(ids);
    count += present;
  }
  return count;
}
