import type { Turn } from "@sotto/core";
import type { UIMessage } from "ai";
import { storedMessage } from "./stored-message.ts";

/**
 * The messages of a chat as it is now, from all that was ever stored of it: from the newest message back along what stood
 * before each, in its newest version. An answer that was generated again, or a question that was edited, is no longer
 * in it; one that was forgotten leaves the rest as it was. Turns of other sources (a phone call, the middleware) stand where they were said.
 */
export function currentMessages(turns: readonly Turn[]): UIMessage[] {
  const newest = new Map<string, { message: UIMessage; previousId: string | null; at: number }>();
  for (const [at, turn] of turns.entries()) {
    const stored = storedMessage(turn);
    if (stored === undefined) continue;
    newest.set(stored.message.id, { ...stored, at });
  }
  // The end of the chat is what nothing follows; what was stored within one millisecond is in no order.
  const followed = new Set(Array.from(newest.values(), ({ previousId }) => previousId));
  const ends = [...newest.keys()].filter((id) => !followed.has(id));
  const head = ends.at(-1) ?? [...newest.keys()].at(-1) ?? null;
  const chain: { message: UIMessage; at: number }[] = [];
  const seen = new Set<string>();
  for (let id: string | null = head; id !== null && !seen.has(id); ) {
    seen.add(id);
    const entry = newest.get(id);
    if (entry !== undefined) {
      chain.unshift(entry);
      id = entry.previousId;
    } else {
      // It was forgotten: the chat goes on with what was stored last before the gap.
      const end = chain[0]?.at ?? 0;
      id = [...newest.values()].filter(({ at }) => at < end).sort((x, y) => y.at - x.at)[0]?.message.id ?? null;
    }
  }
  const others = turns.flatMap((turn, at) =>
    storedMessage(turn) === undefined ? [{ message: fromTurn(turn), at }] : [],
  );
  return merged(chain, others).map(({ message }) => message);
}

/** The chain keeps its order, whatever the times: an older message may have been changed last. */
function merged<T extends { at: number }>(chain: readonly T[], others: readonly T[]): T[] {
  const result: T[] = [];
  let next = 0;
  for (const entry of chain) {
    for (let other = others[next]; other !== undefined && other.at < entry.at; other = others[++next])
      result.push(other);
    result.push(entry);
  }
  return [...result, ...others.slice(next)];
}

function fromTurn({ id, role, text }: Turn): UIMessage {
  return { id, role, parts: [{ type: "text", text }] };
}
