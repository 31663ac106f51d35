import { exchangesOf } from "../../consolidation/exchanges.ts";
import type { RecallEntry } from "../../recall-types.ts";
import { after, type MaybePromise } from "../maybe-promise.ts";
import { NEIGHBOR_WEIGHTS, SPARE_HITS } from "../recall-defaults.ts";
import type { UnendedSession } from "../recall-sources.ts";
import type { PermanentLane } from "./permanent-lane.ts";
import { searchLane } from "./search-lane.ts";
import { turnEntry } from "./working-lane.ts";

/**
 * What the user said in a session that has not ended, and the answers, up to `asOf`: what will be in permanent memory
 * when it ends. Nothing of other speakers, no documents, and nothing that permanent memory has already.
 */
export function unendedTurns(
  { request, query, asOf, embedder, onSearch }: PermanentLane,
  session: UnendedSession,
): MaybePromise<RecallEntry[]> {
  const { stored } = session;
  const theirs = new Map(
    exchangesOf(session.turns, session.userId)
      .filter(({ speaker }) => speaker === session.userId)
      .flatMap(({ turns }) => turns)
      .filter(({ id, at }) => at <= asOf && !session.isConsolidated(id))
      .map((turn) => [turn.id, turn]),
  );
  if (theirs.size === 0) return [];
  const turnAt = (slot: number) => theirs.get(stored.index.documents.idAt(slot) ?? "");
  const found = searchLane({
    query,
    indexes: [{ stored, embedder }],
    wanted: request.topK.permanent + SPARE_HITS,
    minScore: request.minScore,
    neighborWeights: NEIGHBOR_WEIGHTS,
    exclude: () => ({ slots: (slot) => turnAt(slot) === undefined, count: 0 }),
    onSearch: () => onSearch(stored),
  });
  return after(found, (hits) =>
    hits.flatMap(({ slot, score }): RecallEntry[] => {
      const turn = turnAt(slot);
      return turn === undefined ? [] : [{ ...turnEntry(turn, score, request), lane: "permanent" }];
    }),
  );
}
