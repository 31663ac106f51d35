import type { IndexChange } from "../engine/index.ts";
import { hasCode } from "../errors/index.ts";
import { contentHash, type MemoryContext, readPushed } from "../user/index.ts";

/**
 * Erases what a user's sessions pushed into indexes. A document that was written anew since, by somebody else, stays; its
 * earlier text goes. An index that held nothing else, and that only sessions made, goes with it. Answers how many documents
 * there were.
 */
export async function forgetPushed(context: MemoryContext, userId: string): Promise<number> {
  let count = 0;
  for (const [name, pushed] of await readPushed(context, userId)) {
    const stored = await context.catalog.load(name).catch((error: unknown) => {
      if (hasCode(error, "index.not_found")) return undefined;
      throw error;
    });
    if (stored === undefined) continue;
    await stored.refresh();
    const { index } = stored;
    const kept: IndexChange[] = [];
    for (const [id, texts] of pushed) {
      const slot = index.documents.slotOf(id);
      if (slot === undefined) continue;
      const document = index.documents.document(slot);
      if (texts.has(contentHash(document.text))) count++;
      else kept.push({ type: "put", document, vector: index.vectorOf(id) });
    }
    await stored.erase([...pushed.keys()]);
    if (kept.length > 0) await stored.append(kept);
    if (stored.settings?.kind === "own" && stored.index.documents.size === 0) await context.catalog.delete(name);
  }
  return count;
}
