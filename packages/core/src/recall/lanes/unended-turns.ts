import type { Embedder, StoredIndex } from "../../engine/index.ts";
import { after, type MaybePromise } from "../../maybe-promise.ts";
import type { Turn } from "../../session/index.ts";
import { exchangesOf } from "../../session/index.ts";
import { NEIGHBOR_WEIGHTS, SPARE_HITS } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallUser, UnendedSession } from "../recall-sources.ts";
import type { RecallEntry } from "../recall-types.ts";
import { searchLane } from "./search-lane.ts";
import { turnEntry } from "./working-lane.ts";

export interface PermanentLane {
  request: RecallRequest;
  query: RecallQuery;
  memory: RecallUser;
  unended: UnendedSession | undefined;
  asOf: number;
  embedder: Embedder;
  /** Called when the search of an index begins. */
  onSearch: (stored: StoredIndex) => void;
}

/** By the list of turns, which is another one when a turn comes. */
const byTurns = new WeakMap<readonly Turn[], ReadonlyMap<string, Turn>>();

/**
 * What the user said in a session that has not ended, and the answers, up to `asOf`: what will be in permanent memory
 * when it ends. Nothing of other speakers, no documents, and nothing that permanent memory has already.
 */
export function unendedTurns(
  { request, query, asOf, embedder, onSearch }: PermanentLane,
  session: UnendedSession,
): MaybePromise<RecallEntry[]> {
  const { stored } = session;
  const theirs = turnsOfOwner(session);
  const turnAt = (slot: number): Turn | undefined => {
    const turn = theirs.get(stored.index.documents.idAt(slot) ?? "");
    return turn === undefined || turn.at > asOf || session.isConsolidated(turn.id) ? undefined : turn;
  };
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

/** What the session's user said, and the answers to it, by id. */
function turnsOfOwner({ turns, userId }: UnendedSession): ReadonlyMap<string, Turn> {
  const known = byTurns.get(turns);
  if (known !== undefined) return known;
  const exchanges = exchangesOf(turns, userId).filter(({ speaker }) => speaker === userId);
  const theirs = new Map(exchanges.flatMap((exchange) => exchange.turns.map((turn) => [turn.id, turn])));
  byTurns.set(turns, theirs);
  return theirs;
}
