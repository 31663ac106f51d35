import { leastScore } from "../../engine/index.ts";
import { after, type MaybePromise } from "../../maybe-promise.ts";
import type { Turn } from "../../session/index.ts";
import { courtesyOf, turnsOf } from "../../session/index.ts";
import { LEAST_BEST, RANKED } from "../recall-defaults.ts";
import type { UnendedSession } from "../recall-sources.ts";
import type { RecallEntry } from "../recall-types.ts";
import { applyTime } from "../time/apply-time.ts";
import { decodedBySlot } from "./decoded.ts";
import { isWanted, mostWanted, type PermanentLane } from "./permanent-search.ts";
import { rankTurns } from "./rank-turns.ts";
import { searchLane } from "./search-lane.ts";
import { askedTerms, keepStatement, Statement } from "./statement.ts";
import { namesIn, turnEntry } from "./working-lane.ts";

const statementBySlot = decodedBySlot<Statement>();

/** By the list of turns, which is another one when a turn comes. */
const byTurns = new WeakMap<readonly Turn[], { userId: string; theirs: ReadonlyMap<string, Turn> }>();

/**
 * What the user said in a session that has not ended, and what the agent said to them, up to `asOf`: what will be in
 * permanent memory when it ends. Nothing of other speakers, no documents, and nothing that permanent memory has already.
 */
export function unendedTurns(
  { request, query, memory, asOf, embedder, agent, onSearch }: PermanentLane,
  session: UnendedSession,
): MaybePromise<RecallEntry[]> {
  const { stored } = session;
  const theirs = turnsOfUser(session, memory.userId);
  const turnAt = (slot: number): Turn | undefined => {
    const turn = theirs.get(stored.index.documents.idAt(slot) ?? "");
    return turn === undefined || turn.at > asOf || session.isConsolidated(turn.id) ? undefined : turn;
  };
  const isOut = (slot: number): boolean => turnAt(slot) === undefined;
  const found = searchLane({
    query,
    indexes: [{ stored, embedder }],
    wanted: Math.min(RANKED, stored.index.documents.size),
    alpha: request.alpha,
    minScore: 0,
    names: () => namesIn(request, session),
    exclude: () => ({ slots: isOut, count: 0 }),
    onSearch: () => onSearch(stored),
  });
  return after(found, (hits) => {
    const statementAt = (slot: number): Statement =>
      statementBySlot(stored.index, slot, (at) => {
        const { documents } = stored.index;
        return new Statement(theirs.get(documents.idAt(at) ?? "")?.text ?? documents.document(at).text);
      });
    const asked = askedTerms(query);
    const { turns: byWords, best } = rankTurns(hits, {
      documents: stored.index.documents,
      isOut,
      weightOf: (slot) => statementAt(slot).weight({ role: turnAt(slot)?.role ?? "user", query: asked }),
      sessions: true,
    });
    const { time } = request;
    const at = (slot: number): number => turnAt(slot)?.at ?? 0;
    const ranked =
      time === undefined
        ? byWords
        : applyTime(byWords, time, {
            slots: time.onlyTime ? [...stored.index.live.toSlots()].filter((slot) => !isOut(slot)) : [],
            at,
            firstAt: at,
            session: () => session.id,
            byUser: (slot) => turnAt(slot)?.role === "user",
          });
    const entries: RecallEntry[] = [];
    const most = mostWanted(request);
    const isAnswered = Math.max(best, ranked[0]?.score ?? 0) >= LEAST_BEST;
    const minScore = request.minScore ?? (isAnswered ? 0 : leastScore([stored]));
    let chars = 0;
    for (const { slot, score } of ranked) {
      if (score < minScore || entries.length >= most.entries || chars >= most.chars) break;
      const turn = turnAt(slot);
      if (turn === undefined) continue;
      const entry: RecallEntry = { ...turnEntry(turn, score, request), lane: "permanent" };
      if (request.agents !== undefined && !request.agents.has(agent ?? "")) break;
      if (!isWanted(entry, { ...request, agents: undefined })) continue;
      entries.push(keepStatement(entry, statementAt(slot)));
      chars += turn.text.length;
    }
    return entries;
  });
}

/** What is one user's own of a session, without courtesies, by id. */
function turnsOfUser({ turns, userId: ownerId }: UnendedSession, userId: string): ReadonlyMap<string, Turn> {
  const known = byTurns.get(turns);
  if (known?.userId === userId) return known.theirs;
  const own = turnsOf(userId, turns, ownerId).filter(({ text }) => courtesyOf(text) === undefined);
  const theirs = new Map(own.map((turn) => [turn.id, turn]));
  byTurns.set(turns, { userId, theirs });
  return theirs;
}
