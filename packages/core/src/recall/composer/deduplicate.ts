import { statementOf } from "../lanes/statement.ts";
import type { RecallEntry } from "../recall-types.ts";

/**
 * The first `limit` of a lane's entries whose text is not in `seen`; their texts are added to it. Called lane by lane in
 * the order of the context (working, permanent, org), so that a text stays where it comes first: what was said in this
 * call over what is remembered of it, what the user said over what a document says.
 */
export function deduplicate(entries: readonly RecallEntry[], seen: Set<string>, limit: number): RecallEntry[] {
  const kept: RecallEntry[] = [];
  for (const entry of entries) {
    if (kept.length === limit) break;
    const text = statementOf(entry).words;
    if (seen.has(text)) continue;
    seen.add(text);
    kept.push(entry);
  }
  return kept;
}
